import { expect, test } from 'vitest';
import {
  parse,
  resolve,
  type ResolvedCondition,
  type ResolvedDetection,
  type ResolvedRule,
} from '../../src/syntax/index.js';

function resolved(...texts: readonly string[]): readonly ResolvedRule[] {
  return resolve(parse(texts.map((text, index) => ({ name: `${index}.yml`, text }))));
}

function codes(rules: readonly ResolvedRule[]): readonly string[] {
  return rules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

function rule(name: string, extra = ''): string {
  return `title: ${name}\nname: ${name}\nid: id-${name}\n${extra || 'logsource: { category: test }\n'}detection: { s: { A: x }, condition: s }\n`;
}

function correlation(name: string, rules: string, extra = ''): string {
  return `title: ${name}\nname: ${name}\n${extra}correlation: { type: temporal, rules: ${rules}, timespan: 5m }\n`;
}

function filter(rules: string, logSource = 'category: test', condition = 'not s'): string {
  return `title: f\nlogsource: { ${logSource} }\nfilter: { rules: ${rules}, s: { U: x }, condition: ${condition} }\n`;
}

function shape(condition: ResolvedCondition): string {
  switch (condition.kind) {
    case 'selection':
      return condition.selection.name;
    case 'not':
      return `!${shape(condition.operand)}`;
    default:
      return `(${condition.operands.map(shape).join(condition.kind === 'and' ? ' & ' : ' | ')})`;
  }
}

function conditionOf(text: string, names: readonly string[]): string {
  const selections = names.map((name) => `  ${name}: { A: x }\n`).join('');
  const [only] = resolved(
    `title: t\nlogsource: { category: test }\ndetection:\n${selections}  condition: ${text}\n`,
  );
  return only?.kind === 'detection' ? shape(only.conditions[0]!) : codes([only!]).join();
}

const names = ['sel_a', 'sel_b', 'other', '_hidden', '_sel_c'];

test.each([
  ['sel_a', 'sel_a'],
  ['_hidden', '_hidden'],
  ['1 of them', '(sel_a | sel_b | other)'],
  ['all of them', '(sel_a & sel_b & other)'],
  ['1 of sel_*', '(sel_a | sel_b)'],
  ['all of *_a', 'sel_a'],
  ['1 of *', '(sel_a | sel_b | other)'],
  ['1 of *e*', '(sel_a | sel_b | other)'],
  ['1 of *l*b', 'sel_b'],
  ['1 of _*', '(_hidden | _sel_c)'],
  ['1 of _sel*', '_sel_c'],
  ['1 of *sel_c', 'condition/no-match'],
  ['1 of other', 'other'],
  ['not 1 of sel_* and other', '(!(sel_a | sel_b) & other)'],
  ['1 of nosuch*', 'condition/no-match'],
  ['sel_a and nosuch', 'condition/unknown-selection'],
  ['SEL_A', 'condition/unknown-selection'],
])('%s is %s', (text, expected) => {
  expect(conditionOf(text, names)).toBe(expected);
});

test('them without any visible selection matches nothing, which is an error', () => {
  expect(conditionOf('1 of them', ['_hidden'])).toBe('condition/no-match');
});

test('rules are found by id and by name, in any order and across files', () => {
  const rules = resolved(
    correlation('outer', '[inner]'),
    correlation('inner', '[id-a, b]'),
    rule('a') + '---\n' + rule('b'),
  );
  expect(codes(rules)).toEqual([]);
  expect(rules.map(({ kind, output }) => [kind, output])).toEqual([
    ['correlation', true],
    ['correlation', false],
    ['detection', false],
    ['detection', false],
  ]);
  const [, inner] = rules;
  if (inner?.kind !== 'correlation') throw new Error('not a correlation');
  expect(
    inner.bases.map(({ reference, rule }) => [reference, rule.document.header.title.value]),
  ).toEqual([
    ['id-a', 'a'],
    ['b', 'b'],
  ]);
});

test('generate makes the rules output that the correlation names, and not those below', () => {
  const texts = (outer: string, inner: string): readonly string[] => [
    correlation('outer', '[inner]', outer),
    correlation('inner', '[a]', inner),
    rule('a'),
  ];
  const outputs = (...files: readonly string[]): readonly boolean[] =>
    resolved(...files).map(({ output }) => output);
  expect(outputs(...texts('generate: true\n', ''))).toEqual([true, true, false]);
  expect(outputs(...texts('', 'generate: true\n'))).toEqual([true, false, true]);
  expect(
    outputs(correlation('c', '[id-a]'), correlation('d', '[a]', 'generate: true\n'), rule('a')),
  ).toEqual([true, true, true]);
});

test.each([
  ['an unknown rule', ['[nosuch]', ''], 'rule/unknown-reference'],
  ['two rules of one name', ['[a]', rule('a') + '---\n' + rule('a')], 'rule/ambiguous-reference'],
  [
    'a broken rule',
    ['[a]', rule('a').replace('condition: s', 'condition: t')],
    'rule/broken-reference',
  ],
  ['an unreadable rule', ['[a]', rule('a').replace('A: x', 'A: []')], 'rule/broken-reference'],
  ['itself', ['[c]', ''], 'correlation/cycle'],
])('a correlation over %s is broken', (_, [rules, others], code) => {
  const [first] = resolved(correlation('c', rules!), others!);
  expect(first?.kind).toBe('broken');
  expect(codes([first!])).toEqual([code]);
});

test('a rule that correlations share is no cycle; a circle breaks all that stand in it', () => {
  const shared = resolved(correlation('c', '[d, a]'), correlation('d', '[a]'), rule('a'));
  expect(codes(shared)).toEqual([]);
  const circle = resolved(
    correlation('c', '[d]'),
    correlation('d', '[e]'),
    correlation('e', '[c]'),
    rule('a'),
  );
  expect(circle.map(({ kind }) => kind)).toEqual(['broken', 'broken', 'broken', 'detection']);
  expect(circle[2]!.diagnostics[0]!.message).toContain('c → d → e → c');
  expect(circle.some(({ output }) => output)).toBe(true);
});

test('aliases may name a rule that is listed by its id', () => {
  const text =
    'title: c\ncorrelation:\n  type: temporal\n  rules: [id-a, b]\n  group-by: [who]\n  timespan: 5m\n' +
    '  aliases: { who: { a: User, b: Account } }\n';
  const [first] = resolved(text, rule('a'), rule('b'));
  if (first?.kind !== 'correlation') throw new Error(first?.diagnostics[0]?.message);
  expect(first.document.aliases[0]!.fields.map(({ rule }) => rule.value)).toEqual(['id-a', 'b']);
});

function filtered(rules: readonly ResolvedRule[]): readonly number[] {
  return rules.map((each) => (each.kind === 'detection' ? each.filters.length : -1));
}

const windows = 'logsource: { category: test, product: windows }\n';

test.each([
  ['[a]', 'category: test', [1, 0]],
  ['[id-a, b]', 'category: test', [1, 1]],
  ['any', 'category: test', [1, 1]],
  ['any', 'product: windows', [0, 1]],
  ['any', 'category: test, service: x', [0, 0]],
  ['any', 'category: other', [0, 0]],
])(
  'a filter for %s of { %s } applies to the rules of its log source',
  (rules, logSource, expected) => {
    expect(filtered(resolved(filter(rules, logSource), rule('a'), rule('b', windows)))).toEqual(
      expected,
    );
  },
);

test('several filters apply together, and to the rules below a correlation', () => {
  const rules = resolved(correlation('c', '[a]'), rule('a'), filter('any'), filter('[a]'));
  expect(rules[0]).toMatchObject({ bases: [{ rule: { filters: [{}, {}] } }] });
});

test('a filter for a correlation is an error of the filter, and of nothing else', () => {
  const rules = resolved(correlation('c', '[a]'), rule('a'), filter('[c]'));
  expect(rules.map(({ kind }) => kind)).toEqual(['correlation', 'detection', 'broken']);
  expect(codes(rules)).toEqual(['filter/of-correlation']);
});

test('any leaves correlations alone', () => {
  expect(codes(resolved(correlation('c', '[a]'), rule('a'), filter('any')))).toEqual([]);
});

test.each([
  ['a selection that it does not have', filter('[a]', 'category: test', 'not t')],
  ['a list without items', filter('[a]').replace('U: x', 'U: []')],
])('a filter with %s breaks the rules that need it, and no others', (_, text) => {
  const rules = resolved(rule('a'), rule('b'), text);
  expect(rules.map(({ kind }) => kind)).toEqual(['broken', 'detection', 'broken']);
  expect(codes([rules[0]!])).toEqual(['filter/broken']);
});

test('warnings of a filter are given once, with the first rule that it is for', () => {
  const rules = resolved(
    rule('a'),
    rule('b'),
    rule('d'),
    filter('[b, nosuch, d]', 'category: test', 'NOT s'),
  );
  expect(rules.map((each) => codes([each]))).toEqual([
    [],
    ['condition/upper-case', 'filter/unknown-rule'],
    [],
  ]);
  expect((rules[1] as ResolvedDetection).filters).toHaveLength(1);
});
