import type { BaseRule, CorrelationRule, Field } from '../../ir/index.js';
import type { Backend } from '../backend.js';
import { expressionOf } from '../expression.js';
import type { ShownColumn } from '../query-plan.js';
import { isCounted } from './condition.js';
import type { RowWords } from './form.js';
import type { PlannedCorrelation } from './planned.js';
import { isOfTime } from './words.js';

/**
 * Names of the key columns: the target's own column where all rules share one and no alias names it, else
 * the group-by's name in letters, digits and underscores. None is taken twice, none looks like a column that a
 * template makes up, and none hides another field that the rules read.
 */
export function keyColumns(
  rule: CorrelationRule,
  words: RowWords,
  backend: Backend,
): readonly string[] {
  const { groupBy, bases } = rule;
  const isReserved = expressionOf(words.reserved);
  const context = backend.contexts.at(-1)!;
  const read = columnsRead(rule, words, backend);
  // A sign that stands for a missing key is no value of the field.
  const signed = rule.onMissingKey === 'group' && words.grouped !== '{value}';
  const shows = (values: readonly Field[], outputs: BaseRule['outputs'], index: number) =>
    [...values, ...Object.values(outputs)].some(({ name }) =>
      bases.some(({ keys }) => keys[index]!.name === name),
    );
  return groupBy.reduce<readonly string[]>((names, name, index) => {
    const isFree = (column: string) =>
      !isReserved.test(column) && !names.includes(column) && context.field.isBare(column);
    const fields = new Set(bases.map(({ keys }) => keys[index]!));
    const columns = new Set([...fields].map((field) => field.expression ?? field.name));
    const [column = ''] = columns;
    const plain = name.replace(/[^A-Za-z0-9_]/g, '_');
    const isNew = (each: string) => !read.has(each) && isFree(each);
    const isHidden = signed && bases.some(({ values, outputs }) => shows(values, outputs, index));
    const isOwn = columns.size === 1 && !rule.aliases.has(name);
    if (isOwn && isFree(column) && !isHidden) return [...names, column];
    const [named] = [plain, `key_${plain}`].filter(isNew);
    if (named !== undefined) return [...names, named];
    let numbered = `key_${index + 1}`;
    while (!isNew(numbered)) numbered += '_';
    return [...names, numbered];
  }, []);
}

/** The columns beside the keys and the time. */
export function shownColumns(
  { rule, form }: PlannedCorrelation,
  { manifest }: Backend,
): readonly ShownColumn[] {
  if (form.outputs !== true) return [];
  if (rule.output.length === 0) {
    const name = manifest.correlations.rows!.columns.shown;
    return isCounted(rule) ? [{ name, holds: 'number' }] : [];
  }
  return rule.output.map((column) => ({
    name: column.name,
    holds: isOfTime(column) ? 'instant' : column.aggregate === 'set' ? 'texts' : 'number',
  }));
}

/** The columns that keys, values and the rule's own columns are read from. */
function columnsRead(
  { bases }: CorrelationRule,
  words: RowWords,
  backend: Backend,
): ReadonlySet<string> {
  const names = bases.flatMap(({ rule, keys, values, outputs }) =>
    rule.kind === 'correlation'
      ? keyColumns(rule, words, backend)
      : [...keys, ...values, ...Object.values(outputs)].map(({ name }) => name),
  );
  return new Set(names);
}
