import type { Diagnostic } from '../../src/diagnostics/index.js';
import type { CorrelationRule } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

/** The meaning of the one correlation that a Sigma text outputs, or why it has none. */
export function lowerCorrelationText(text: string): {
  readonly rule?: CorrelationRule;
  readonly diagnostics: readonly Diagnostic[];
} {
  const found = resolve(parse([{ name: 'test.yml', text }])).filter(
    ({ output, document }) => output && document.kind !== 'detection',
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} correlations are output`);
  if (only.kind === 'broken') return only;
  const lowered = lower(only);
  const diagnostics = [...only.diagnostics, ...lowered.diagnostics];
  return lowered.ok && lowered.value.kind === 'correlation'
    ? { rule: lowered.value, diagnostics }
    : { diagnostics };
}

/** What a rule means, without where it was written and what people are told about it. */
export function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf);
  if (typeof value !== 'object' || value === null) return value;
  const aside = ['header', 'logSource', 'span', 'origin', 'places'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !aside.includes(key))
      .map(([key, inner]) => [key, meaningOf(inner)]),
  );
}
