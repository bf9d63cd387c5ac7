import type { Field } from '../../ir/index.js';
import {
  fill,
  slotText,
  type Backend,
  type Expression,
  type PlannedCorrelation,
} from '../../plan/index.js';
import { duration } from '../duration.js';
import { fragment, hold, isAround, joined, type Fragment } from '../fragment.js';
import { flag, laidOut, type View } from './texts.js';

/**
 * What the templates see of sequences or samples, query by query. Those of a union are made of the
 * same conditions, and each of these is written once.
 */
export function itemsViews(
  queries: readonly PlannedCorrelation[],
  backend: Backend,
): readonly View[] {
  const context = backend.contexts.at(-1)!;
  const conditions = new Set(queries.flatMap(({ steps }) => steps.map((step) => step.condition)));
  const written = new Map([...conditions].map((each) => [each, fragment(each, context)] as const));
  return queries.map((query) => itemsView(query, written, backend));
}

/** Keys that all items share are written once. */
function itemsView(
  { rule, steps }: PlannedCorrelation,
  written: ReadonlyMap<Expression, Fragment>,
  { manifest, contexts }: Backend,
): View {
  const { present, held, and, separator, duration: units } = manifest.correlations;
  const context = contexts.at(-1)!;
  const optional = rule.onMissingKey === 'group';
  const several = steps.length > 1 || (steps[0]?.runs ?? 1) > 1;
  const by = steps.map(({ keys }) =>
    keys
      .map(({ name, absent }) => context.field.write(name, optional || absent !== undefined))
      .join(separator),
  );
  const shared = new Set(by).size <= 1;
  // Items are joined by keys that are there; only a text can be there and be empty.
  const keyTests = ({ name, type, absent }: Field): readonly string[] => {
    if (absent !== undefined) return [];
    const isText = manifest.types[type].holds === 'text';
    const words = [...(several || held === undefined ? [] : [held]), ...(isText ? [present] : [])];
    return words.map((word) => fill(slotText(word), { value: context.field.write(name) }));
  };
  return {
    sliding: flag(rule.window.kind === 'sliding'),
    span: duration(rule.timespan, units),
    several: flag(several),
    by: shared ? by[0] : '',
    steps: steps.map(({ condition, keys, runs }, index) => {
      const tests = optional ? [] : keys.flatMap(keyTests);
      const text = written.get(condition)!;
      const { operand } = context.connectives.and;
      const whole = tests.length > 0 ? hold(text, operand, context) : text.text;
      const all = [whole, ...tests];
      return {
        condition: laidOut(tests.length > 0 && isAround(and) ? joined(all, and) : all.join(and)),
        by: shared ? '' : by[index],
        runs: runs > 1 ? String(runs) : '',
      };
    }),
  };
}
