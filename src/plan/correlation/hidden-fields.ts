import { atomsOf, fieldsOf, type BaseRule } from '../../ir/index.js';
import type { RowWords } from './form.js';

/** The fields of the rules that columns which templates make up would hide. */
export function hiddenFields(
  bases: readonly BaseRule[],
  { hiding }: RowWords,
): ReadonlySet<string> {
  const isHidden = new RegExp(hiding, 'u');
  const names = bases.flatMap(({ rule, keys, values, outputs }) => {
    if (rule.kind === 'correlation') return [];
    const read = atomsOf(rule.predicate).flatMap(fieldsOf);
    return [...keys, ...values, ...Object.values(outputs), ...read].map(({ name }) => name);
  });
  return new Set(names.filter((name) => isHidden.test(name)));
}
