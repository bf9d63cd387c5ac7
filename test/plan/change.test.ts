import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correlate } from '../../src/evaluate/index.js';
import type { CorrelationRule, Target } from '../../src/ir/index.js';
import { changeOf } from '../../src/plan/change.js';
import { nestedRule, stream } from '../correlate/arbitrary.js';
import { correlation } from '../correlate/neutral.js';
import { twoHits as base } from './two-hits.js';
import type { NeutralRule } from '../correlate/vectors.js';
import { rule as detection } from '../support/ir.js';

type Mapping = Target['mapping'];

/** The correlation as its pipelines made it: each detection has a mapping, by its name. */
function made(neutral: NeutralRule, mappings: Readonly<Record<string, Mapping>>): CorrelationRule {
  const marked = (rule: CorrelationRule): CorrelationRule => ({
    ...rule,
    bases: rule.bases.map((base) => {
      if (base.rule.kind === 'correlation') return { ...base, rule: marked(base.rule) };
      const { target } = detection(base.rule.predicate, { mapping: mappings[base.name]! });
      return { ...base, rule: { ...base.rule, target: target! } };
    }),
  });
  return marked(correlation(neutral));
}

/** The rule over detections that also match events where `also` has their name. */
function loosened(neutral: NeutralRule, loose: readonly string[]): NeutralRule {
  return {
    ...neutral,
    rules: neutral.rules.map((base) => {
      if ('correlation' in base) {
        return { ...base, correlation: loosened(base.correlation, loose) };
      }
      if (!loose.includes(base.name)) return base;
      const also = ['a', 'b', 'c', 'ab', 'abc'].filter((mark) => mark.includes(base.name));
      return { ...base, match: { or: [base.match, { field: 'also', in: also }] } };
    }),
  };
}

/** What is seen of the alerts: keys, and over bins which of them. */
function seen(neutral: NeutralRule, events: Parameters<typeof correlate>[1]): readonly string[] {
  const alerts = correlate(correlation(neutral), events, { now: 0 });
  const isBinned = neutral.window === 'tumbling';
  return alerts.map(({ key, at }) => JSON.stringify(isBinned ? [key, at] : [key]));
}

const streams = stream.chain((events) =>
  fc
    .array(fc.constantFrom('', '', 'a', 'b', 'c', 'ab', 'abc'), {
      minLength: events.length,
      maxLength: events.length,
    })
    .map((marks) =>
      events.map(({ time, event }, at) => ({ time, event: { ...event, also: marks[at]! } })),
    ),
);

const namesOf = ({ rules }: NeutralRule): readonly string[] =>
  rules.flatMap((base) => ('correlation' in base ? namesOf(base.correlation) : base.name));

/** Whether more matches of the named detections ever lose something, over many streams. */
function loses(neutral: NeutralRule, loose: readonly string[]): boolean {
  const { failed } = fc.check(
    fc.property(streams, (events) => {
      const more = new Set(seen(loosened(neutral, loose), events));
      return seen(neutral, events).every((each) => more.has(each));
    }),
    { numRuns: 3_000, seed: 7 },
  );
  return failed;
}

test('a direction is promised only where every alert, or none but them, is kept', () => {
  fc.assert(
    fc.property(
      nestedRule,
      fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      streams,
      (neutral, chosen, events) => {
        const names = namesOf(neutral);
        const mappings = (mapping: Mapping) =>
          Object.fromEntries(
            names.map((name) => [name, chosen.includes(name) ? mapping : 'exact']),
          );
        const fewer = new Set(seen(neutral, events));
        const more = new Set(seen(loosened(neutral, chosen), events));
        const included = [...fewer].every((each) => more.has(each));
        for (const mapping of ['superset', 'subset'] as const) {
          const change = changeOf(made(neutral, mappings(mapping)));
          const isUntouched = !names.some((name) => chosen.includes(name));
          expect(change.mapping === 'exact').toBe(isUntouched);
          if (change.mapping !== 'changed') expect(included).toBe(true);
        }
      },
    ),
    { numRuns: 4_000, seed: 3 },
  );
});

const inner = (window: NeutralRule['window']): NeutralRule => ({
  ...base,
  type: 'temporal_ordered',
  rules: [
    { name: 'inner', correlation: { ...base, window, rules: [base.rules[0]!] } },
    base.rules[1]!,
  ],
  condition: {},
});

const n = { field: 'n' };
const x = (condition: NeutralRule['condition']) => ({ condition: { ...n, ...condition } });

const cases: readonly (readonly [what: string, rule: NeutralRule, keeps: boolean])[] = [
  ['event_count gte', base, true],
  ['event_count gt', { ...base, window: 'tumbling', condition: { gt: 1 } }, true],
  ['event_count lt', { ...base, window: 'tumbling', condition: { lt: 2 } }, false],
  ['event_count lte', { ...base, window: 'total', condition: { lte: 2 } }, false],
  ['event_count eq', { ...base, window: 'total', condition: { eq: 2 } }, false],
  ['event_count neq', { ...base, window: 'total', condition: { neq: 2 } }, false],
  ['a range', { ...base, window: 'tumbling', condition: { gte: 2, lt: 3 } }, false],
  ['value_count gte', { ...base, type: 'value_count', ...x({ gte: 2 }) }, true],
  ['value_count lt', { ...base, type: 'value_count', window: 'total', ...x({ lt: 2 }) }, false],
  ['value_sum', { ...base, type: 'value_sum', window: 'total', ...x({ lte: 3 }) }, false],
  ['value_avg', { ...base, type: 'value_avg', window: 'total', ...x({ gt: 1 }) }, false],
  ['value_median', { ...base, type: 'value_median', window: 'total', ...x({ gt: 1 }) }, false],
  [
    'value_percentile',
    { ...base, type: 'value_percentile', window: 'total', ...x({ gt: 1, percentile: 50 }) },
    false,
  ],
  ['temporal', { ...base, type: 'temporal', condition: {} }, true],
  ['temporal of some', { ...base, type: 'temporal', condition: { gte: 1 } }, true],
  ['temporal lt', { ...base, type: 'temporal', window: 'total', condition: { lt: 2 } }, false],
  ['temporal_ordered', { ...base, type: 'temporal_ordered', condition: {} }, true],
  ['an or', { ...base, type: 'temporal', condition: {}, extended: { or: ['a', 'b'] } }, true],
  [
    'a not',
    {
      ...base,
      type: 'temporal',
      window: 'tumbling',
      condition: {},
      extended: { and: ['a', { not: 'b' }] },
    },
    false,
  ],
  ['alerts of windows', inner('sliding'), true],
  ['alerts of bins', inner('tumbling'), false],
  ['alerts of a whole', inner('total'), false],
];

test.each(cases)('%s keeps the direction of its detections, or is refused', (_, neutral, keeps) => {
  const names = namesOf(neutral);
  const all = (mapping: Mapping) => Object.fromEntries(names.map((name) => [name, mapping]));
  for (const mapping of ['subset', 'superset'] as const) {
    const expected = keeps ? mapping : 'changed';
    expect(changeOf(made(neutral, all(mapping))).mapping).toBe(expected);
  }
  expect(changeOf(made(neutral, all('exact'))).mapping).toBe('exact');
  expect(changeOf(made(neutral, all('changed'))).mapping).toBe('changed');
  expect(loses(neutral, names)).toBe(!keeps);
});

test('one detection too wide and another too narrow keep nothing', () => {
  expect(changeOf(made(base, { a: 'superset', b: 'subset' }))).toMatchObject({
    mapping: 'changed',
  });
  expect(changeOf(made(base, { a: 'superset', b: 'exact' }))).toEqual({ mapping: 'superset' });
});
