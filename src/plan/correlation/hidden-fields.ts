import { childrenOf, type BaseRule, type Field, type Predicate } from '../../ir/index.js';
import type { RowWords } from './form.js';

/** The fields of the rules that columns which templates make up would hide. */
export function hiddenFields(
  bases: readonly BaseRule[],
  { hiding }: RowWords,
): ReadonlySet<string> {
  const isHidden = new RegExp(hiding, 'u');
  const hidden = new Set<string>();
  const look = ({ name }: Field): void => {
    if (isHidden.test(name)) hidden.add(name);
  };
  const lookInto = (node: Predicate): void => {
    if ('field' in node) look(node.field);
    if ('other' in node) look(node.other);
    if ('fields' in node) node.fields.forEach(look);
    childrenOf(node).forEach(lookInto);
  };
  for (const { rule, keys, values, outputs } of bases) {
    if (rule.kind === 'correlation') continue;
    [...keys, ...values, ...Object.values(outputs)].forEach(look);
    lookInto(rule.predicate);
  }
  return hidden;
}
