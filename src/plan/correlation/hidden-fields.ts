import { atomsOf, fieldsOf, type BaseRule } from '../../ir/index.js';
import { expressionOf } from '../expression.js';
import type { RowWords } from './form.js';

/** The fields of the rules that columns which templates make up would hide. */
export function hiddenFields(
  bases: readonly BaseRule[],
  { hiding }: RowWords,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { rule, keys, values, outputs } of bases) {
    if (rule.kind === 'correlation') continue;
    for (const { name } of [...keys, ...values, ...Object.values(outputs)]) names.add(name);
    for (const atom of atomsOf(rule.predicate))
      for (const { name } of fieldsOf(atom)) names.add(name);
  }
  const isHidden = expressionOf(hiding);
  return new Set([...names].filter((name) => isHidden.test(name)));
}
