import { diagnostic } from '../../diagnostics/index.js';
import type { CorrelationRule, Field } from '../../ir/index.js';
import type { OutputColumn } from '../../syntax/index.js';
import type { TextByType } from './form.js';
import { hiddenFields } from './hidden-fields.js';
import type { Work } from './work.js';

/** Whether the backend has words for the keys, the values, the range and the columns. */
export function checkWords({ rule, backend, form, notes, options }: Work): void {
  const { title, correlations } = backend.manifest;
  const refuse = (what: string, reason: string) =>
    notes.diagnostics.push(
      diagnostic('plan/correlation-words', rule.span, { backend: title, what, reason }),
    );
  const read = (fields: readonly Field[], words: TextByType, what: string) => {
    for (const { name, type } of fields) {
      const text = words[type];
      if (typeof text !== 'string') refuse(`${what} '${name}'`, text.unsupported);
    }
  };
  for (const { keys, values, outputs } of rule.bases) {
    read(keys, correlations.key, 'group by');
    const { absent } = correlations;
    for (const key of keys) {
      if (key.absent !== undefined && typeof absent !== 'string') {
        refuse(`group by '${key.name}'`, absent.unsupported);
      }
    }
    const valueWords = isNumeric(rule) ? correlations.rows?.number : correlations.key;
    if (valueWords) read(values, valueWords, 'take the values of');
    if (form.outputs !== true) continue;
    for (const column of rule.output.filter(({ field }) => field !== undefined)) {
      const words = isOrdered(column) ? correlations.rows!.number : correlations.key;
      read([outputs[column.name]!], words, 'add a column of');
    }
  }
  const hidden = form.steps !== true && correlations.rows;
  for (const name of hidden ? hiddenFields(rule.bases, hidden) : []) {
    refuse(`read '${name}'`, 'the query makes up columns of such names');
  }
  if (form.steps === true && !areAbsentAlike(rule)) {
    refuse('group by these fields', 'one that is left out joins nothing that is there');
  }
  if (rule.range ?? options.range) {
    const text = correlations.range[rule.range ? rangeWord(rule.range.kind) : 'last'];
    if (text === '') notes.assumptions.add('request-range');
    if (typeof text !== 'string') refuse('limit the time', text.unsupported);
  }
  if (rule.output.length > 0 && form.steps === true) {
    notes.diagnostics.push(diagnostic('plan/columns-left-out', rule.span, { backend: title }));
  } else if (rule.output.length > 0 && form.outputs !== true) {
    refuse('add columns', 'only a tumbling or total window has rows that they could belong to');
  }
}

/** Whether a key that is nothing means the same word in all rules. */
function areAbsentAlike({ bases }: CorrelationRule): boolean {
  const [first, ...rest] = bases.map(({ keys }) =>
    JSON.stringify(keys.map(({ absent }) => absent)),
  );
  return rest.every((each) => each === first);
}

/** Whether the rule calculates with its values, instead of telling them apart. */
export function isNumeric({ type }: CorrelationRule): boolean {
  return type.startsWith('value_') && type !== 'value_count';
}

/** Whether the column is the least or the greatest of something, which needs its order. */
export function isOrdered(
  column: OutputColumn,
): column is OutputColumn & { readonly aggregate: 'min' | 'max' } {
  return column.aggregate === 'min' || column.aggregate === 'max';
}

/** Whether that is the event's time. */
export function isOfTime(
  column: OutputColumn,
): column is OutputColumn & { readonly aggregate: 'min' | 'max' } {
  return isOrdered(column) && column.field === undefined;
}

/** The words for a range of this kind. */
export function rangeWord(kind: NonNullable<CorrelationRule['range']>['kind']) {
  const words = {
    absolute: 'absolute',
    'month-offset': 'monthOffset',
    'month-containing': 'monthContaining',
    last: 'recent',
  } as const;
  return words[kind];
}
