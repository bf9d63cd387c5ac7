import fc from 'fast-check';
import type { Extended, NeutralRule, Operator } from './vectors.js';

const names = ['a', 'b', 'c'];

/** Which rules an event satisfies is written in it. */
export const marks = ['a', 'b', 'c', 'ab', 'bc', 'abc', 'none'];

/** Few moments, keys and values, so that ties, shared keys and edges of windows are common. */
const event = fc.record({
  time: fc.integer({ min: -4, max: 30 }),
  event: fc.record({
    is: fc.constantFrom(...marks),
    user: fc.constantFrom('u', 'v', '', null),
    n: fc.constantFrom(0, 1, 2, 3, 'text', null, ''),
    m: fc.constantFrom('x', 'y', ''),
  }),
});

const extended = fc.letrec<{ expression: Extended }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...names),
    fc.record({ not: tie('expression') }),
    fc.record({ and: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }) }),
  ),
})).expression;

const operators: readonly Operator[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

const bounds = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...operators), fc.constantFrom(0, 1, 1.5, 2, 3, 4)), {
    minLength: 1,
    maxLength: 2,
    selector: ([operator]) => operator,
  })
  .map((entries) => Object.fromEntries(entries));

/** Correlations over one to three detections, which events satisfy by what is written in `is`. */
export const rule: fc.Arbitrary<NeutralRule> = fc
  .record({
    type: fc.constantFrom<NeutralRule['type']>(
      'event_count',
      'value_count',
      'temporal',
      'temporal_ordered',
      'value_sum',
      'value_avg',
      'value_median',
      'value_percentile',
    ),
    rules: fc.integer({ min: 1, max: 3 }),
    groupBy: fc.constantFrom([], ['user'], ['user', 'm']),
    timespanMs: fc.constantFrom(3, 5, 10),
    window: fc.constantFrom<NeutralRule['window']>('sliding', 'tumbling', 'total'),
    onMissingKey: fc.constantFrom<NeutralRule['onMissingKey']>('drop', 'group'),
    bounds,
    extended: fc.option(extended, { nil: undefined }),
    field: fc.constantFrom('n', ['n', 'm']),
    percentile: fc.constantFrom(0.1, 10, 25, 50, 75, 99.9, 100),
  })
  .map(({ rules, bounds, extended, field, percentile, ...rest }) => ({
    ...rest,
    rules: names.slice(0, rest.type === 'temporal' ? 3 : rules).map((name) => ({
      name,
      match: { field: 'is', in: marks.filter((mark) => mark !== 'none' && mark.includes(name)) },
    })),
    ...(rest.type === 'temporal' && extended !== undefined ? { extended } : {}),
    ...(rest.type === 'temporal_ordered'
      ? {}
      : { condition: { ...bounds, field: rest.type === 'value_count' ? field : 'n', percentile } }),
  }));

export const stream = fc.array(event, { maxLength: 14 });

/** The same, or over alerts of another one in the place of the first detection, two levels deep. */
export const nestedRule: fc.Arbitrary<NeutralRule> = fc.oneof(
  rule,
  fc.tuple(rule, rule).map(([outer, inner]) => over(outer, inner)),
  fc.tuple(rule, rule, rule).map(([outer, middle, inner]) => over(outer, over(middle, inner))),
);

/** Alerts have nothing but their keys, so that there is nothing but them to count. */
function over(outer: NeutralRule, inner: NeutralRule): NeutralRule {
  const type = outer.type.startsWith('temporal') ? outer.type : 'event_count';
  const bounds = Object.entries(outer.condition ?? {}).filter(
    ([key]) => key !== 'field' && key !== 'percentile',
  );
  return {
    ...outer,
    type,
    ...(outer.condition && { condition: Object.fromEntries(bounds) }),
    rules: outer.rules.map((base, at) =>
      at === 0 ? { name: base.name, correlation: { ...inner, groupBy: outer.groupBy } } : base,
    ),
  };
}
