import { convertRule, type Conversion, type ConvertOptions } from '../convert.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { loadPipeline, pipelineIds } from '../pipeline/index.js';

/**
 * The conversion; a refusal for want of a place, a column or words says in its help which other
 * shipped pipelines of the backend can carry the rule. They are loaded for refused rules only.
 */
export async function withElsewhere(
  conversion: Conversion,
  options: ConvertOptions,
): Promise<Conversion> {
  const { rule, destination, diagnostics, made } = conversion;
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (made || !isOfPlace(error)) return conversion;
  const { backend, pipelines } = destination;
  const { id } = backend.manifest;
  const tried = new Set(['plain', ...pipelines.map((each) => each.id)]);
  const others = pipelineIds(id).filter((each) => !tried.has(each));
  const able: string[] = [];
  for (const other of others) {
    const pipeline = (await loadPipeline(other, id))!;
    if (convertRule(rule, { backend, pipelines: [pipeline] }, options).made) able.push(other);
  }
  if (others.length === 0) return conversion;
  const told = { ...error, help: [error.help, elsewhere(able, id)].filter(Boolean).join('; ') };
  return { ...conversion, diagnostics: diagnostics.map((each) => (each === error ? told : each)) };
}

/** Which other pipelines can carry a rule, in words. */
export function elsewhere(able: readonly string[], backend: string): string {
  return able.length === 0
    ? `no other shipped pipeline of ${backend} can carry the rule`
    : `${able.map((id) => `-p ${id}`).join(' or ')} can carry the rule`;
}

/** Whether the rule may be carried by another pipeline, or its trouble is its own. */
export function isOfPlace(error: Diagnostic | undefined): error is Diagnostic {
  return error !== undefined && /^(?:pipeline|plan)\//.test(error.code);
}
