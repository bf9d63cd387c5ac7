import type { CorrelationRule } from '../../ir/index.js';
import {
  fill,
  isOfTime,
  slotText,
  type Backend,
  type PlannedCorrelation,
} from '../../plan/index.js';
import { makesOutputs, showsMadeTime, type SetView } from './set-view.js';
import { flag, type View } from './texts.js';

type OutputColumn = CorrelationRule['output'][number];

/**
 * The column of the number that is compared with the bounds: one of the rule's own if it is the same
 * number, the report's if the rule has no columns, else one that is made up.
 */
export function totalColumn(
  { rule }: PlannedCorrelation,
  { manifest, contexts }: Backend,
  end: 'report' | 'nested',
): string {
  const { columns } = manifest.correlations.rows!;
  const same = rule.output.find((column) => isTotal(column, rule));
  if (same) return contexts.at(-1)!.field.write(same.name);
  const shown = rule.output.length === 0 && end === 'report' && rule.window.kind !== 'sliding';
  return shown ? columns.shown : columns.count;
}

function isTotal({ name, aggregate }: OutputColumn, { type, bases }: CorrelationRule): boolean {
  if (type === 'event_count') return aggregate === 'count';
  return (
    type === 'value_count' &&
    aggregate === 'distinct' &&
    bases.every(({ values, outputs }) => {
      const [value, ...more] = values;
      return more.length === 0 && outputs[name]?.name === value!.name;
    })
  );
}

const timeWords = { min: 'first', max: 'last' } as const;

/** The columns that the rule adds. */
export function outputViews(
  query: PlannedCorrelation,
  { manifest, contexts }: Backend,
  views: readonly SetView[],
): readonly View[] {
  const { rule, sets } = query;
  const { columns, output, filled } = manifest.correlations.rows!;
  const [{ outputs, time }] = views as readonly [SetView];
  const names = Object.keys(outputs);
  return rule.output.map((column) => {
    const { name, aggregate } = column;
    const word = isOfTime(column) ? timeWords[column.aggregate] : aggregate;
    const isFilled = sets.every((set) => set.filled.includes(set.outputs[name]?.name ?? ''));
    const words = isFilled ? { ...output, ...filled } : output;
    return {
      name: contexts.at(-1)!.field.write(name),
      distinct: flag(aggregate === 'distinct'),
      text: fill(slotText(words[word]), {
        field: makesOutputs(query)
          ? `${columns.output}${names.indexOf(name) + 1}`
          : (outputs[name] ?? ''),
        time: showsMadeTime(query) ? columns.timeBack : String(time),
      }),
    };
  });
}
