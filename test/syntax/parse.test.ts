import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parse,
  type CorrelationDocument,
  type Detection,
  type DetectionDocument,
  type Document,
  type FilterDocument,
} from '../../src/syntax/index.js';

const head = 'title: t\nlogsource: { category: test }\n';

function documents(text: string): readonly Document[] {
  return parse([{ name: 'x.yml', text }]);
}

function one(text: string): Document {
  const [document, ...others] = documents(text);
  expect(others).toEqual([]);
  return document!;
}

function codes(text: string): readonly string[] {
  return documents(text).flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
}

function detection(body: string): DetectionDocument {
  const document = one(`${head}detection:\n${body.replace(/^/gm, '  ')}`);
  if (document.kind !== 'detection') throw new Error(document.diagnostics[0]!.message);
  return document;
}

function selection(body: string): string {
  const { selections } = detection(`s:\n${body.replace(/^/gm, '  ')}\ncondition: s`);
  return shape(selections[0]!.detection);
}

/** The selection in one line: `&` of a map, `/` of a list, `field|modifiers=values`. */
function shape(node: Detection): string {
  if (node.kind !== 'item') {
    return `(${node.items.map(shape).join(node.kind === 'all' ? ' & ' : ' / ')})`;
  }
  const values = node.values.map((value) =>
    value.kind === 'null'
      ? 'null'
      : value.kind === 'boolean'
        ? String(value.value)
        : value.kind === 'number'
          ? `#${value.text}`
          : `'${value.text}'`,
  );
  const key = [node.field?.value ?? '', ...node.modifiers.map(({ value }) => value)].join('|');
  return `${key}=${node.list ? `[${values.join(',')}]` : values.join()}`;
}

test.each([
  ['A: x', "A='x'"],
  ['A: 5', 'A=#5'],
  ["A: '5'", "A='5'"],
  ['A: true', 'A=true'],
  ['A: null', 'A=null'],
  ['A:', 'A=null'],
  ["A: ''", "A=''"],
  ['A: [x]', "A=['x']"],
  ['A: [x, 5, true]', "A=['x',#5,true]"],
  ['A: 12345678901234567890', 'A=#12345678901234567890'],
  ['A: 0x1F', 'A=#31'],
  ['A: 2024-01-01', "A='2024-01-01'"],
  ['A|contains|all: [x, y]', "A|contains|all=['x','y']"],
  ["'A b.c@d[0]': x", "A b.c@d[0]='x'"],
  ['A: x\nB: y', "(A='x' & B='y')"],
  ['- A: x\n  B: y\n- C: z', "((A='x' & B='y') / C='z')"],
  ['- x\n- 5', "=['x',#5]"],
  ['- x', "=['x']"],
  ["'|all': [x, y]", "|all=['x','y']"],
  ["'|re': x.*y", "|re='x.*y'"],
  ['- A: x\n- k\n- B: y\n- l', "(=['k','l'] / A='x' / B='y')"],
  ['- [A: x, B: y]\n- C: z', "((A='x' / B='y') / C='z')"],
])('the selection %j means %s', (body, expected) => {
  expect(selection(body)).toBe(expected);
});

test('a selection that is one word is a keyword', () => {
  expect(shape(detection('s: word\ncondition: s').selections[0]!.detection)).toBe("='word'");
});

test('places of fields, modifiers and values are exact', () => {
  const document = detection('s:\n  Some.Field|contains|all:\n    - "a"\ncondition: s');
  const item = document.selections[0]!.detection;
  if (item.kind !== 'item') throw new Error('not an item');
  const texts = [item.field!, ...item.modifiers, ...item.values].map(
    ({ span: { source, start, end } }) => source.text.slice(start, end),
  );
  expect(texts).toEqual(['Some.Field', 'contains', 'all', 'a']);
});

test('a condition may be a list', () => {
  const { conditions } = detection('a: x\nb: y\ncondition:\n  - a\n  - a and b');
  expect(conditions.map(({ kind }) => kind)).toEqual(['selection', 'and']);
});

test.each([
  ['condition: sel and other', 'sel'],
  ["condition: 'sel and other'", 'sel'],
  ['condition: |\n    sel and other', 'sel'],
  ['condition: >\n    sel and\n    other', 'sel and\n    other'],
  ['condition: "sel\\x20and other"', 'sel\\x20and other'],
  ['condition: sel and\n    other', 'sel and\n    other'],
])('in %j the first name points at %j', (condition, expected) => {
  const { conditions } = detection(`sel: x\nother: y\n${condition}`);
  const [whole] = conditions;
  const { source, start, end } = whole?.kind === 'and' ? whole.operands[0]!.span : whole!.span;
  const unindented = source.text.slice(start, end).replace(/\n +/g, '\n    ');
  expect(unindented).toBe(expected);
});

test('log sources are lower case, and custom keys are kept', () => {
  const document = one(
    'title: t\nlogsource: { product: Windows, service: Some Service, definition: On, x: 1 }\n' +
      'detection: { s: { A: x }, condition: s }\nlevel: high\nfalsepositives: none\n' +
      'related: [{ id: i, type: derived }]\nregression: { path: p }\n__proto__: 1\n',
  ) as DetectionDocument;
  expect(document.logSource).toMatchObject({ product: 'windows', service: 'some_service' });
  expect({ ...document.logSource.custom }).toEqual({ x: 1 });
  expect(Object.keys(document.header.custom)).toEqual(['regression', '__proto__']);
  expect(document.header.falsepositives.map(({ value }) => value)).toEqual(['none']);
  expect(document.header.related[0]?.type.value).toBe('derived');
});

test('a broken document is named as far as it can be, and hides no other', () => {
  const good = `${head}detection: { s: { A: x }, condition: s }\n`;
  const bad = 'title: Bad\nid: i\nname: n\nlogsource: 5\ndetection: { s: { A: [] } }\n';
  const read = documents(`${good}---\n${bad}---\n${good}---\na: [\n---\n${good}`);
  expect(read.map(({ kind }) => kind)).toEqual([
    'detection',
    'broken',
    'detection',
    'broken',
    'detection',
  ]);
  expect(read[1]).toMatchObject({ title: 'Bad', id: 'i', name: 'n' });
  expect(read[1]!.diagnostics.map(({ code }) => code)).toEqual([
    'rule/wrong-type',
    'rule/empty-list',
    'rule/missing-key',
  ]);
});

const rule = `${head}name: r\ndetection: { s: { A: x }, condition: s }\n---\n`;

function correlation(body: string, top = ''): CorrelationDocument {
  const document = one(`title: c\n${top}correlation:\n${body.replace(/^/gm, '  ')}`);
  if (document.kind !== 'correlation') throw new Error(document.diagnostics[0]!.message);
  return document;
}

const counted = 'type: event_count\nrules: [r]\ngroup-by: [u]\ntimespan: 5m\n';

test('a correlation is read with all its parts', () => {
  const read = correlation(
    'type: value_count\nrules: [r, 5a8f]\ngroup-by: [who, host]\ntimespan: 1d\n' +
      'condition: { gt: 2.5, lte: 10, field: [a, b] }\n' +
      'aliases: { who: { r: user, 5a8f: account } }',
    'generate: true\n',
  );
  expect(read).toMatchObject({
    type: 'value_count',
    timespan: 86_400_000,
    generate: true,
    rules: [{ value: 'r' }, { value: '5a8f' }],
    groupBy: [{ value: 'who' }, { value: 'host' }],
    bounds: [
      { operator: 'gt', threshold: 2.5 },
      { operator: 'lte', threshold: 10 },
    ],
    fields: [{ value: 'a' }, { value: 'b' }],
    aliases: [
      { name: { value: 'who' }, fields: [{ rule: { value: 'r' }, field: { value: 'user' } }, {}] },
    ],
  });
});

test.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['31d', 2_678_400_000],
])('the timespan %s is %d milliseconds', (timespan, milliseconds) => {
  expect(correlation(counted.replace('5m', timespan) + 'condition: { gte: 1 }').timespan).toBe(
    milliseconds,
  );
});

test.each(['0m', '-5m', '5', 'm', '5M', '5 m', '1w', '1y', '1.5h', '99999999d', '5min'])(
  'the timespan %s is refused',
  (timespan) => {
    const text = `title: c\ncorrelation:\n  ${counted.replace('5m', timespan).replaceAll('\n', '\n  ')}condition: { gte: 1 }`;
    expect(codes(text)).toEqual(['correlation/timespan']);
  },
);

test('a temporal correlation needs no condition, and may have one over rules', () => {
  const temporal = 'type: temporal\nrules: [r, s]\ntimespan: 5m\n';
  expect(correlation(temporal)).toMatchObject({ bounds: [], groupBy: [], generate: false });
  const extended = correlation(`${temporal}condition: r AND NOT s`);
  expect(extended.extended).toMatchObject({ kind: 'and' });
  expect(extended.diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  const named = correlation('type: temporal\ntimespan: 5m\ncondition: r and s and r and not t');
  expect(named.rules.map(({ value }) => value)).toEqual(['r', 's', 't']);
});

test('generate inside the correlation counts, and is warned of', () => {
  const read = correlation(`${counted}condition: { gte: 1 }\ngenerate: true`);
  expect(read.generate).toBe(true);
  expect(read.diagnostics.map(({ code }) => code)).toEqual(['correlation/generate-inside']);
});

test.each([
  ['condition: r and s', 'rule/wrong-type'],
  ["condition: { gte: '3' }", 'rule/wrong-type'],
  ['condition: { gte: .inf }', 'rule/wrong-type'],
  ['', 'rule/missing-key'],
  ['condition: {}', 'correlation/no-bound'],
  ['condition: { gte: 3, percentile: 5 }', 'correlation/needless'],
])('an event_count with %j is refused with %s', (condition, code) => {
  expect(
    codes(`title: c\ncorrelation:\n  ${counted.replaceAll('\n', '\n  ')}${condition}`),
  ).toEqual([code]);
});

test('a filter is read, for some rules or for any', () => {
  const filter = (rules: string): Document =>
    one(
      `${head}filter:\n  rules: ${rules}\n  a: { U: x }\n  b: { U: y }\n  condition: not a and not b`,
    );
  expect(filter('[r, s]')).toMatchObject({
    kind: 'filter',
    rules: [{ value: 'r' }, { value: 's' }],
    selections: [{ name: 'a' }, { name: 'b' }],
  });
  expect((filter('any') as FilterDocument).rules).toBe('any');
});

test('global, reset and repeat apply to the documents that follow', () => {
  const text = [
    'action: global\ntitle: t\nlogsource: { product: windows }\ndetection: { condition: s }\n',
    'logsource: { service: one }\ndetection: { s: { A: x } }\n',
    'action: repeat\nlogsource: { service: two }\n',
    'title: c\ncorrelation: { type: temporal, rules: [r], timespan: 5m }\n',
    'action: reset\n',
    'title: own\nlogsource: { category: c }\ndetection: { s: { A: z }, condition: s }\n',
  ].join('---\n');
  const read = documents(text);
  expect(read.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  expect(read.map((document) => 'logSource' in document && document.logSource)).toMatchObject([
    { product: 'windows', service: 'one' },
    { product: 'windows', service: 'two' },
    false,
    { category: 'c' },
  ]);
  expect((read[3] as DetectionDocument).logSource.product).toBeUndefined();
});

test.each([
  ['window: total', { window: 'total' }],
  ['on-missing-key: group', { onMissingKey: 'group' }],
  ['range: { last: 90m }', { range: { kind: 'last', length: 5_400_000 } }],
  ['range: { calendar: month, offset: -1 }', { range: { kind: 'month-offset', offset: -1 } }],
  [
    'range: { calendar: month, containing: now-15d }',
    { range: { kind: 'month-containing', before: 1_296_000_000 } },
  ],
  [
    'range: { from: 2024-02-29, to: 2024-03-01T00:00:00.5+01:00 }',
    { range: { kind: 'absolute', from: 1_709_164_800_000, to: 1_709_247_600_500 } },
  ],
  ['range: { from: 0, to: 1 }', { range: { kind: 'absolute', from: 0, to: 1 } }],
  [
    "output: [{ name: n, count }, { name: s, agg: set, field: f }, { name: t, agg: min, field: '@time' }]\nsort: [-n, s]",
    {
      output: [
        { name: 'n', aggregate: 'count' },
        { name: 's', aggregate: 'set', field: 'f' },
        { name: 't', aggregate: 'min' },
      ],
      sort: ['-n', 's'],
    },
  ],
  ['ads: { goal: g }', { ads: { goal: 'g' } }],
])('isosigma: %s', (key, expected) => {
  const text = `${counted}condition: { gte: 1 }`;
  expect(
    correlation(text, `isosigma:\n  ${key.replaceAll('\n', '\n  ')}\n`).header.isosigma,
  ).toMatchObject(expected);
});

test.each([
  'window: session',
  'windows: total',
  'range: { from: 2024-01-01 }',
  'range: { from: 2, to: 1 }',
  'range: { from: 2024-02-30, to: 2024-03-01 }',
  'range: { from: 2024-01-01T00:00:00, to: 2024-03-01 }',
  'range: { calendar: week, offset: 1 }',
  'range: { last: 0h }',
  'range: { last: 1w }',
  'range: { last: 999999999d }',
  'range: { calendar: month, containing: now+1d }',
  'output: []',
  'output: [{ name: a b, count }]',
  'output: [{ name: n, count, agg: set }]',
  'output: [{ name: n, agg: set }]',
  'output: [{ name: n, agg: count, field: f }]',
  'output: [{ name: n, count }, { name: n, agg: min }]',
  'sort: [-nothing]',
])('isosigma: %s is refused', (key) => {
  const body = `  ${counted.replaceAll('\n', '\n  ')}condition: { gte: 1 }`;
  const found = codes(`title: c\nisosigma:\n  ${key}\ncorrelation:\n${body}`);
  expect(new Set(found)).toEqual(new Set(['rule/isosigma-key']));
});

const yamlish = fc
  .array(
    fc.constantFrom(
      ...'title: t|detection:|correlation:|filter:|logsource:|  s:|  condition: s|  A|: |- |\n|  |x|{|}|[|]|,|&a |*a|---\n|<<: |null|"|\'|type: temporal|rules: any|action: global|isosigma:|| |5m'.split(
        '|',
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

test('no text makes the parser throw, and whatever is broken says why', () => {
  fc.assert(
    fc.property(fc.oneof(yamlish, fc.string(), fc.string({ unit: 'binary' })), (text) => {
      for (const { kind, diagnostics } of documents(text)) {
        expect(kind === 'broken').toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a rule before and a rule after survive any document between them', () => {
  fc.assert(
    fc.property(yamlish, (text) => {
      const read = documents(`${rule}${text}\n---\n${rule}`);
      const isGlobal = text.includes('action: global');
      if (!isGlobal) expect([read[0]!.kind, read.at(-1)!.kind]).toEqual(['detection', 'detection']);
    }),
    { numRuns: 1000 },
  );
});
