import { diagnostic, hasErrors } from '../../diagnostics/index.js';
import type { Diagnostic } from '../../diagnostics/index.js';
import type { BrokenDocument, DetectionDocument, FilterDocument, LogSource, Text } from '../ast.js';
import type { Report } from '../parse/read.js';
import type { ResolvedFilter } from '../resolved.js';
import type { RuleDocument, RuleIndex } from './references.js';
import { resolveConditions } from './selections.js';

/** What a filter comes to: the rules it is for, and itself, unless there is an error in it. */
export interface FilterResult {
  readonly filter?: ResolvedFilter;
  readonly targets: ReadonlySet<DetectionDocument>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the rules of a filter: those of its log source, or of a narrower one, that it names. It is
 * for detection rules only; a correlation is filtered through the rules that it is made of.
 */
export function resolveFilter(
  document: FilterDocument,
  rules: readonly RuleDocument[],
  index: RuleIndex,
): FilterResult {
  const diagnostics = [...document.diagnostics];
  const report: Report = (problem) => diagnostics.push(problem);
  const { logSource } = document;
  const conditions = resolveConditions(document.conditions, document.selections, report);
  const targets =
    document.rules === 'any'
      ? detections(rules).filter((rule) => contains(logSource, rule.logSource))
      : document.rules.flatMap((reference) => named(reference, logSource, index, report));
  return {
    ...(!hasErrors(diagnostics) && { filter: { document, conditions } }),
    targets: new Set(targets),
    diagnostics,
  };
}

/** A filter that could not be read, with the rules that would be wrong without it. */
export function brokenFilter(
  { filters, diagnostics }: BrokenDocument,
  rules: readonly RuleDocument[],
  index: RuleIndex,
): FilterResult {
  const named = filters === 'any' ? rules : filters?.flatMap(({ value }) => index.get(value) ?? []);
  return { targets: new Set(detections(named ?? [])), diagnostics };
}

function named(
  { value, span }: Text,
  logSource: LogSource,
  index: RuleIndex,
  report: Report,
): readonly DetectionDocument[] {
  const found = index.get(value) ?? [];
  const reference = { reference: value };
  if (found.length === 0) report(diagnostic('filter/unknown-rule', span, reference));
  if (found.some(({ kind }) => kind === 'correlation')) {
    report(diagnostic('filter/of-correlation', span, reference));
  }
  return detections(found).filter((rule) => {
    const applies = contains(logSource, rule.logSource);
    if (!applies) report(diagnostic('filter/other-logsource', span, reference));
    return applies;
  });
}

function detections(rules: readonly RuleDocument[]): readonly DetectionDocument[] {
  return rules.filter((rule) => rule.kind === 'detection');
}

/** Whether the inner log source says the same where the outer one says anything. */
function contains(outer: LogSource, inner: LogSource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (key) => outer[key] === undefined || outer[key] === inner[key],
  );
}
