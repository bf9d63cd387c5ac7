import type { Field } from '../ir/index.js';
import {
  fill,
  slotText,
  type Backend,
  type Context,
  type CorrelationManifest,
  type PlannedCorrelation,
} from '../plan/index.js';
import { rangeText } from './correlation-text.js';
import { flag, laidOut } from './flag.js';
import { fragment } from './fragment.js';

/** What the templates see of each row set: finished texts. */
export function setViews(
  query: PlannedCorrelation,
  backend: Backend,
  rows: readonly string[],
): readonly SetView[] {
  const { rule, keys } = query;
  const { manifest } = backend;
  const words = manifest.correlations;
  const context = backend.contexts.at(-1)!;
  const numeric = rule.type.startsWith('value_') && rule.type !== 'value_count';
  return query.sets.map((set, index) => {
    const { rows: inner } = set;
    const read = (field: Field, texts: CorrelationManifest['key']) =>
      fill(slotText(texts[field.type] as string), {
        field: inner.kind === 'correlation' ? innerColumn(field, inner) : nameOf(field, context),
      });
    const keyViews = set.keys.map((field, at) => {
      const name = keys[at]!;
      const text = read(field, words.key);
      const value =
        rule.onMissingKey === 'group' ? fill(slotText(words.grouped), { value: text }) : text;
      return {
        name,
        value,
        present: fill(slotText(words.present), { value: text }),
        presentNamed: fill(slotText(words.present), { value: name }),
        renamed: flag(value !== name),
      };
    });
    if (keyViews.length === 0 && words.constant) {
      keyViews.push({ ...words.constant, present: '', presentNamed: '', renamed: 'true' });
    }
    const present =
      keys.length > 0 && rule.onMissingKey === 'drop' ? keyViews.map((key) => key.present) : [];
    const presentNamed =
      keys.length > 0 && rule.onMissingKey === 'drop'
        ? keyViews.map((key) => key.presentNamed)
        : [];
    return {
      number: String(set.number),
      first: flag(index === 0),
      last: flag(index === query.sets.length - 1),
      nested: flag(set.rows.kind === 'correlation'),
      rows: rows[index]!,
      condition: set.condition ? laidOut(fragment(set.condition, context).text) : '',
      time: set.time === '' ? '' : context.field.write(set.time),
      range: rangeText(query, set, backend),
      keys: keyViews,
      present: present.join(words.and),
      presentNamed: presentNamed.join(words.and),
      value:
        rule.type === 'value_count'
          ? distinctText(
              set.values.map((each) => read(each, words.key)),
              words,
            )
          : '',
      numeric: numeric ? read(set.values[0]!, words.number) : '',
      outputs: Object.fromEntries(
        Object.entries(set.outputs).map(([name, field]) => [name, read(field, words.key)]),
      ),
    };
  });
}

/** A row set as the templates see it. */
export interface SetView {
  readonly [field: string]: unknown;
  readonly keys: readonly { readonly name: string; readonly value: string }[];
  readonly value: string;
  readonly numeric: string;
  readonly time: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The alerts of an inner correlation carry its group-by under the names of its key columns. */
function innerColumn({ name }: Field, { rule, keys }: PlannedCorrelation): string {
  return keys[rule.groupBy.indexOf(name)]!;
}

function nameOf({ name, expression }: Field, context: Context): string {
  return expression ?? context.field.write(name);
}

/** The counted values as one text, null where one of them is blank. */
function distinctText(values: readonly string[], words: CorrelationManifest): string {
  const { single, item, join, tuple } = words.distinct;
  const present = values.map((value) => fill(slotText(words.present), { value })).join(words.and);
  const [only] = values;
  if (values.length === 1) return fill(slotText(single), { value: only!, present });
  const items = values.map((value) => item.replaceAll('{value}', () => value)).join(join);
  return fill(slotText(tuple), { items, present });
}
