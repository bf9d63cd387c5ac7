import { fill, slotText, type Backend, type PlannedCorrelation } from '../../plan/index.js';
import { duration } from '../duration.js';
import { fragment, hold } from '../fragment.js';
import { flag, type View } from './texts.js';

/** What the templates see of a sequence or sample; keys that all items share are written once. */
export function itemsView(
  { rule, steps }: PlannedCorrelation,
  { manifest, contexts }: Backend,
): View {
  const words = manifest.correlations;
  const context = contexts.at(-1)!;
  const optional = rule.onMissingKey === 'group';
  const by = steps.map(({ keys }) =>
    keys.map(({ name }) => context.field.write(name, optional)).join(words.separator),
  );
  const shared = new Set(by).size <= 1;
  return {
    sliding: flag(rule.window.kind === 'sliding'),
    span: duration(rule.timespan, words.duration),
    several: flag(steps.length > 1 || (steps[0]?.runs ?? 1) > 1),
    by: shared ? by[0] : '',
    steps: steps.map(({ condition, keys, runs }, index) => {
      const present = optional
        ? []
        : keys.map(({ name }) =>
            fill(slotText(words.present), { value: context.field.write(name) }),
          );
      const text = fragment(condition, context);
      const { operand } = context.connectives.and;
      const held = present.length > 0 ? hold(text, operand, context) : text.text;
      return {
        condition: [held, ...present].join(words.and).replaceAll('\n', '\n    '),
        by: shared ? '' : by[index],
        runs: runs > 1 ? String(runs) : '',
      };
    }),
  };
}
