import type { Field } from '../../ir/index.js';
import {
  fill,
  isNumeric,
  isOfTime,
  isOrdered,
  slotText,
  type Backend,
  type PlannedCorrelation,
  type RowSet,
  type TextByType,
} from '../../plan/index.js';
import { fragment, joined } from '../fragment.js';
import { flag, laidOut, type View } from './texts.js';

/** What the templates see of a row set. */
export interface SetView extends View {
  readonly number: string;
  readonly nested: string;
  /** The keys, and whether they hold something. */
  readonly keys: readonly ColumnView[];
  readonly presentNamed: string;
  /** The time of a row. */
  readonly at: string;
  readonly value: string;
  readonly numeric: string;
  /** The form reads the rows as they are. */
  readonly direct: string;
  /** All that the form makes up: time, keys, values, the number of the rule. */
  readonly columns: readonly ColumnView[];
  /** Fields of the rule's own columns, by their names. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface ColumnView {
  readonly name: string;
  readonly value: string;
  /** The column is not the field itself. */
  readonly renamed: string;
}

/** What is known of the query's end when its rows are written. */
export interface Outlook {
  /** The column of the number that the condition is about. */
  readonly total: string;
  readonly end: 'report' | 'nested';
}

/** The row sets of a correlation, whose rows have been written. */
export function setViews(
  query: PlannedCorrelation,
  backend: Backend,
  rows: readonly string[],
  outlook: Outlook,
): readonly SetView[] {
  return query.sets.map((set, at) => setView(set, query, backend, rows[at] ?? '', outlook));
}

function setView(
  set: RowSet,
  query: PlannedCorrelation,
  backend: Backend,
  rows: string,
  outlook: Outlook,
): SetView {
  const { rule, keys: names, form } = query;
  const { key, absent, present: isPresent, and, rows: rowWords } = backend.manifest.correlations;
  const words = rowWords!;
  const { columns: made, constant } = words;
  const context = backend.contexts.at(-1)!;
  const inner = set.rows?.kind === 'correlation' ? set.rows : undefined;
  const nameOf = ({ name, expression }: Field) => expression ?? context.field.write(name);
  const read = (field: Field, texts: TextByType) =>
    fill(slotText(texts[field.type] as string), {
      field: inner ? innerColumn(field, inner) : nameOf(field),
    });
  const groupedBy = set.keys.map((field, at): ColumnView => {
    const own = read(field, key);
    const text =
      field.absent === undefined
        ? own
        : fill(slotText(absent as string), { value: own, word: field.absent });
    const value =
      rule.onMissingKey === 'group' ? fill(slotText(words.grouped), { value: text }) : text;
    return column(names[at]!, value);
  });
  const keys = groupedBy.length > 0 ? groupedBy : [column(constant.name, constant.value)];
  const present = (values: readonly string[]) =>
    rule.onMissingKey === 'group'
      ? ''
      : laidOut(
          joined(
            values.map((value) => fill(slotText(isPresent), { value })),
            and.trim(),
          ),
        );
  const time = set.time === '' ? made.time : context.field.write(set.time);
  const at = inner ? made.time : fill(slotText(made.timeOf), { time });
  const value =
    rule.type === 'value_count'
      ? distinctText(
          set.values.map((each) => read(each, key)),
          backend,
        )
      : '';
  const numeric = isNumeric(rule) ? read(set.values[0]!, words.number) : '';
  const ordered = new Set(rule.output.filter(isOrdered).map(({ name }) => name));
  const outputs = Object.fromEntries(
    Object.entries(set.outputs).map(([name, field]) => [
      name,
      read(field, ordered.has(name) ? words.number : key),
    ]),
  );
  const needed = neededColumns(query, outlook);
  const columns = [
    ...(needed.time ? [column(made.time, at)] : []),
    ...keys,
    ...(needed.value && value !== '' ? [column(made.value, value)] : []),
    ...(numeric === '' ? [] : [column(made.numeric, numeric)]),
    ...(needed.rule ? [column(made.rule, String(set.number))] : []),
    ...(makesOutputs(query)
      ? Object.values(outputs).map((text, place) => column(`${made.output}${place + 1}`, text))
      : []),
  ];
  return {
    number: String(set.number),
    nested: flag(inner !== undefined),
    rows,
    condition: set.condition ? laidOut(fragment(set.condition, context).text) : '',
    time,
    at,
    keys,
    present: present(groupedBy.map((key) => key.value)),
    presentNamed: present(groupedBy.map((key) => key.name)),
    value,
    numeric,
    direct: flag(form.direct === true && isDirect(query)),
    columns,
    made: columns.filter(({ renamed }) => renamed),
    outputs,
  };
}

/** Which columns the form reads of those that it could make up. */
function neededColumns(query: PlannedCorrelation, { total, end }: Outlook) {
  const { rule, form, common } = query;
  const isShown = showsMadeTime(query) && rule.output.some(isOfTime);
  return {
    time: form.outputs !== true || rule.window.kind !== 'total' || end === 'nested' || isShown,
    value: rule.output.every(({ name }) => name !== total),
    rule: rule.type.startsWith('temporal') && common === undefined,
  };
}

/** Whether the time that is shown is the one that is made up: not every row has that of the rule. */
export function showsMadeTime(query: PlannedCorrelation): boolean {
  const { form, sets } = query;
  return (form.direct === true && !isDirect(query)) || sets.some(({ time }) => time === '');
}

/** Whether the fields of the rule's own columns get columns of one name, since the rows lose theirs. */
export function makesOutputs(query: PlannedCorrelation): boolean {
  return query.sets.length > 1 || (query.form.direct === true && !isDirect(query));
}

/** Whether a form may read the rows as they are: none of them has to say of which rule it is. */
function isDirect({ rule, sets }: PlannedCorrelation): boolean {
  return sets.length === 1 && !rule.type.startsWith('temporal');
}

function column(name: string, value: string): ColumnView {
  return { name, value, renamed: flag(name !== value) };
}

/** The alerts of an inner correlation carry its group-by under the names of its key columns. */
function innerColumn({ name }: Field, { rule, keys }: PlannedCorrelation): string {
  return keys[rule.groupBy.indexOf(name)]!;
}

/** The counted values as one text, null where one of them is blank. */
function distinctText(values: readonly string[], { manifest }: Backend): string {
  const { present, and, rows } = manifest.correlations;
  const { single, item, join, tuple } = rows!.distinct;
  const allPresent = values.map((value) => fill(slotText(present), { value })).join(and);
  const [only] = values;
  if (values.length === 1) return fill(slotText(single), { value: only!, present: allPresent });
  const items = values.map((value) => fill(slotText(item), { value })).join(join);
  return fill(slotText(tuple), { items, present: allPresent });
}
