import { childrenOf, type BaseRule, type Predicate } from '../../ir/index.js';
import type { RowWords } from './form.js';

/** The fields of the rules that columns which templates make up would hide. */
export function hiddenFields(
  bases: readonly BaseRule[],
  { hiding }: RowWords,
): ReadonlySet<string> {
  const isHidden = new RegExp(hiding, 'u');
  const names = bases.flatMap(({ rule, keys, values, outputs }) => {
    if (rule.kind === 'correlation') return [];
    const read = [...keys, ...values, ...Object.values(outputs)].map(({ name }) => name);
    return [...read, ...namesIn(rule.predicate)];
  });
  return new Set(names.filter((name) => isHidden.test(name)));
}

function namesIn(node: Predicate): readonly string[] {
  const fields = [
    ...('field' in node ? [node.field] : []),
    ...('other' in node ? [node.other] : []),
    ...('fields' in node ? node.fields : []),
  ];
  return [...fields.map(({ name }) => name), ...childrenOf(node).flatMap(namesIn)];
}
