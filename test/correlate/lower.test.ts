import { expect, test } from 'vitest';
import { lowerCorrelationText } from './sigma.js';

const rules = ['a', 'b', 'c'].map(
  (name) => `title: ${name}
name: ${name}
logsource: {category: test}
detection:
  selection: {kind: ${name}}
  condition: selection
`,
);

/** A correlation over a, b and c. */
function correlationOf(body: string, isosigma = ''): string {
  return [...rules, `title: correlation\ncorrelation:\n  timespan: 5m\n${body}${isosigma}`].join(
    '---\n',
  );
}

/** The codes with the text that each points at. */
function problemsOf(text: string): readonly (readonly [string, string])[] {
  return lowerCorrelationText(text).diagnostics.map(({ code, span }) => [
    code,
    span!.source.text.slice(span!.start, span!.end),
  ]);
}

function count(condition: string): string {
  return correlationOf(`  type: event_count\n  rules: [a]\n  condition: ${condition}\n`, tumbling);
}

const tumbling = 'isosigma: {window: tumbling}\n';

test('a count that no group with an event can have never holds', () => {
  for (const condition of [
    '{lt: 1}',
    '{eq: 0}',
    '{lte: 0.5}',
    '{eq: 2.5}',
    '{gt: 3, lt: 4}',
    '{gte: 5, lte: 4}',
  ]) {
    expect(problemsOf(count(condition)).map(([code]) => code)).toEqual(['lower/correlation-never']);
  }
  expect(problemsOf(count('{gt: 3, lt: 4}'))).toEqual([['lower/correlation-never', 'gt: 3']]);
});

test('a count that every group with an event has always holds', () => {
  for (const condition of ['{gte: 1}', '{gt: 0}', '{neq: 0}', '{neq: 1.5}', '{gt: -1}']) {
    expect(problemsOf(count(condition)).map(([code]) => code)).toEqual([
      'lower/correlation-always',
    ]);
  }
});

test('a count that some groups have is nothing to warn of', () => {
  for (const condition of ['{gte: 2}', '{lt: 2}', '{eq: 1}', '{neq: 1}', '{gt: 3, lte: 4}']) {
    expect(problemsOf(count(condition))).toEqual([]);
  }
});

test('a distinct count may be zero, for values may be blank', () => {
  const distinct = (condition: string) =>
    correlationOf(`  type: value_count\n  rules: [a]\n  condition: ${condition}\n`, tumbling);
  expect(problemsOf(distinct('{field: f, lt: 1}'))).toEqual([]);
  expect(problemsOf(distinct('{field: f, lt: 0}')).map(([code]) => code)).toEqual([
    'lower/correlation-never',
  ]);
  expect(problemsOf(distinct('{field: f, gte: 0}')).map(([code]) => code)).toEqual([
    'lower/correlation-always',
  ]);
});

test('a sum may be any number', () => {
  const sum = (condition: string) =>
    correlationOf(`  type: value_sum\n  rules: [a]\n  condition: ${condition}\n`, tumbling);
  expect(problemsOf(sum('{field: f, gt: 3, lt: 4}'))).toEqual([]);
  expect(problemsOf(sum('{field: f, lt: -1000}'))).toEqual([]);
  expect(problemsOf(sum('{field: f, neq: 0}'))).toEqual([]);
  expect(problemsOf(sum('{field: f, gt: 4, lt: 4}')).map(([code]) => code)).toEqual([
    'lower/correlation-never',
  ]);
});

test('more rules than there are never occur, one always does', () => {
  const temporal = (condition: string) =>
    correlationOf(`  type: temporal\n  rules: [a, b]\n  condition: ${condition}\n`, tumbling);
  expect(problemsOf(temporal('{gte: 3}')).map(([code]) => code)).toEqual([
    'lower/correlation-never',
  ]);
  expect(problemsOf(temporal('{gte: 1}')).map(([code]) => code)).toEqual([
    'lower/correlation-always',
  ]);
  expect(problemsOf(temporal('{gte: 2}'))).toEqual([]);
});

test('an extended condition that contradicts itself never holds, a tautology always does', () => {
  const extended = (condition: string) =>
    correlationOf(`  type: temporal\n  rules: [a, b]\n  condition: ${condition}\n`, tumbling);
  expect(problemsOf(extended('a and b and not a'))).toEqual([
    ['lower/correlation-never', 'a and b and not a'],
  ]);
  expect(problemsOf(extended('not a and not b')).map(([code]) => code)).toEqual([
    'lower/correlation-never',
  ]);
  expect(problemsOf(extended('a or b')).map(([code]) => code)).toEqual([
    'lower/correlation-always',
  ]);
  expect(problemsOf(extended('a and not b'))).toEqual([]);
});

test('temporal_ordered is an error unless it asks for every rule', () => {
  const ordered = (condition: string) =>
    correlationOf(`  type: temporal_ordered\n  rules: [a, b, c]\n  condition: ${condition}\n`);
  for (const full of ['{gte: 3}', '{gt: 2}', '{eq: 3}', 'a and b and c']) {
    expect(lowerCorrelationText(ordered(full)).rule).toBeDefined();
  }
  for (const [partial, place] of [
    ['{gte: 2}', 'gte: 2'],
    ['{lte: 3}', 'lte: 3'],
    ['{gte: 4}', 'gte: 4'],
    ['a and b or c', 'a and b or c'],
  ] as const) {
    const { rule, diagnostics } = lowerCorrelationText(ordered(partial));
    expect(rule).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain('lower/correlation-ordered-condition');
    expect(problemsOf(ordered(partial)).map(([, text]) => text)).toContain(place);
  }
});

test('an outer correlation uses only what the inner one is grouped by', () => {
  const nested = (outer: string, inner = 'group-by: [user]') =>
    [
      rules[0]!,
      `title: inner\nname: inner\ncorrelation:\n  type: event_count\n  rules: [a]\n  ${inner}\n  timespan: 1m\n  condition: {gte: 2}\n`,
      `title: outer\ncorrelation:\n  rules: [inner]\n  timespan: 5m\n${outer}`,
    ].join('---\n');
  const ok = '  type: event_count\n  group-by: [user]\n  condition: {gte: 2}\n';
  expect(problemsOf(nested(ok))).toEqual([]);
  const { diagnostics } = lowerCorrelationText(
    nested('  type: value_count\n  group-by: [host, user]\n  condition: {field: cmd, gte: 2}\n'),
  );
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'lower/correlation-inner-field',
      "'inner' is a correlation that is not grouped by 'host', 'cmd'",
    ],
  ]);
  expect(problemsOf(nested(ok, 'group-by: [host]'))).toEqual([
    ['lower/correlation-inner-field', 'inner'],
  ]);
});

test('aliases give each rule its own field, of keys, values and columns', () => {
  const { rule, diagnostics } = lowerCorrelationText(
    correlationOf(
      `  type: value_count
  rules: [a, b]
  group-by: [ip, user]
  aliases: {ip: {a: src, b: dst}, cmd: {b: line}}
  condition: {field: cmd, gte: 2}
`,
      `isosigma:
  window: total
  on-missing-key: group
  range: {calendar: month, offset: -1}
  output: [{name: n, agg: count}, {name: first, agg: min}, {name: cmds, agg: set, field: cmd}]
  sort: [-n]
`,
    ),
  );
  expect(diagnostics).toEqual([]);
  const field = (name: string) => ({ name, type: 'any' });
  expect(rule!.bases.map(({ keys }) => keys)).toEqual([
    [field('src'), field('user')],
    [field('dst'), field('user')],
  ]);
  expect(rule!.bases.map(({ values }) => values)).toEqual([[field('cmd')], [field('line')]]);
  expect(rule!.bases.map(({ outputs }) => outputs)).toEqual([
    { cmds: field('cmd') },
    { cmds: field('line') },
  ]);
  expect(rule).toMatchObject({
    timespan: 300_000,
    window: { kind: 'total', explicit: true },
    onMissingKey: 'group',
    range: { kind: 'month-offset', offset: -1 },
    sort: ['-n'],
  });
});

test('correlations that double at every step are refused before they are written out', () => {
  const levels = Array.from({ length: 24 }, (_, level) =>
    ['x', 'y'].map((side) => {
      const below = level === 0 ? 'a, b' : `x${level - 1}, y${level - 1}`;
      return `title: ${side}${level}
name: ${side}${level}
correlation:
  type: temporal
  rules: [${below}]
  timespan: 1m
`;
    }),
  );
  const top = 'title: top\ncorrelation:\n  type: temporal\n  rules: [x23, y23]\n  timespan: 1m\n';
  const text = [...rules.slice(0, 2), ...levels.flat(), top].join('---\n');
  expect(lowerCorrelationText(text).diagnostics.map(({ code }) => code)).toEqual([
    'lower/correlation-too-large',
  ]);
});
