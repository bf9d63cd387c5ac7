import type { CorrelationRule } from '../../ir/index.js';
import type { Backend } from '../backend.js';
import type { RowWords } from './form.js';

/**
 * Names of the key columns: the target's own column where all rules share one, else the group-by's
 * name in letters, digits and underscores. None is taken twice, and none looks like a column that a
 * template makes up.
 */
export function keyColumns(
  { groupBy, bases }: CorrelationRule,
  { reserved }: RowWords,
  { contexts }: Backend,
): readonly string[] {
  const isReserved = new RegExp(reserved, 'u');
  const context = contexts.at(-1)!;
  const isFree = (name: string, taken: readonly string[]) =>
    !isReserved.test(name) && !taken.includes(name) && context.field.write(name) === name;
  return groupBy.reduce<readonly string[]>((names, name, index) => {
    const fields = new Set(bases.map(({ keys }) => keys[index]!));
    const columns = new Set([...fields].map((field) => field.expression ?? field.name));
    const [column = ''] = columns;
    const plain = name.replace(/[^A-Za-z0-9_]/g, '_');
    const wanted = [...(columns.size === 1 ? [column] : []), plain, `key_${plain}`];
    const free = wanted.find((each) => isFree(each, names)) ?? `key_${index + 1}`;
    return [...names, free];
  }, []);
}
