import { expect, test } from 'vitest';
import { lowered, mapped, pipeline, problemsOf, rule } from './rules.js';

// Names of fields in a pipeline's own texts (docs/pipelines.md, "Mappings").

const head = `
backends: [kql]
paths:
  Bag: { format: json, expression: 'tostring(Bag{path})' }
  Text: { format: xml, expression: 'extract("{name}=(.*)", 1, Text)' }
mappings: { set: { '*': 'Text/{field}' } }
`;

const asking = (name: string) => rule(`selection:\n  ${JSON.stringify(name)}: v`);

/** A pipeline with one target for all. */
const having = (target: object) =>
  `${head}sources: ${JSON.stringify([{ logsource: {}, targets: [{ table: 'Events', ...target }] }])}`;

/** Where a name is looked for that the target does not list. */
const place = (others: unknown, name: string) =>
  mapped(asking(name), [pipeline(having({ others }))]);

test('a name stands in quotes of its own in the path of a document', () => {
  expect(place('Bag/{field}', 'a')).toBe(`tostring(Bag["a"]) = 'v'`);
  expect(place('Bag/{field}', 'a"b')).toBe(`tostring(Bag["a\\"b"]) = 'v'`);
  expect(place('Bag/{field}', 'a\\')).toBe(`tostring(Bag["a\\\\"]) = 'v'`);
  expect(place('Bag/{field}', '$&{path}')).toBe(`tostring(Bag["$&{path}"]) = 'v'`);
  expect(place('Bag/in/{field}', 'a b')).toBe(`tostring(Bag.in["a b"]) = 'v'`);
  expect(place(`Bag/its "name"/x`, 'a')).toBe(`tostring(Bag["its \\"name\\""].x) = 'v'`);
});

test.each(['a\u0000b', 'a\nb', 'a\u0085b', 'a\u200bb', 'a\u2028b', 'a\ud800b', 'a\ufeffb'])(
  'quotes do not hold %j',
  (name) => {
    expect(place('Bag/{field}', name)).toMatch(/^pipeline\/unsayable-name: .* of Events cannot/);
    expect(place({ expression: 'f({quoted})' }, name)).toMatch(/^pipeline\/unsayable-name/);
  },
);

test.each(['a.b', 'a"b', "a'b", 'a\\b', 'a b', 'a-b', 'a*', '$&', 'é'])(
  'without quotes of ours, a name is letters, digits and underscores, which %j is not',
  (name) => {
    expect(place('Text/{field}', 'Name_1')).toBe(`extract("Name_1=(.*)", 1, Text) = 'v'`);
    expect(place('Text/{field}', name)).toMatch(/^pipeline\/unsayable-name/);
    expect(place({ expression: 'lower({field})' }, name)).toMatch(/^pipeline\/unsayable-name/);
    expect(place('Bag/x{field}', name)).toMatch(/^pipeline\/unsayable-name/);
  },
);

test('a name goes into every column of a mapping', () => {
  expect(place(['one.{field}', 'two.{field}'], '$&')).toBe(`(one.$& = 'v' or two.$& = 'v')`);
  const cases = [{ 'event-ids': [1], field: 'one.{field}' }, { field: 'two.{field}' }];
  expect(place({ 'by-event': { event: 'Id', cases } }, '$$')).toBe(
    `((Id = '1' and one.$$ = 'v') or (not Id = '1' and two.$$ = 'v'))`,
  );
  expect(place(['one.{field}', 'Text/{field}'], 'a b')).toMatch(/^pipeline\/unsayable-name/);
});

test('a set of mappings is used for names that its texts can hold', () => {
  const using = (name: string) => having({ uses: { set: name } });
  expect(mapped(asking('a_b'), [pipeline(using('a_b'))])).toBe(
    `extract("a_b=(.*)", 1, Text) = 'v'`,
  );
  expect(problemsOf(using('a b'))).toEqual(['pipeline/wrong-kind @ a b']);
});

test('a key that query text cannot hold is refused for that reason', () => {
  const correlation = lowered(`
title: Base
name: base
logsource: { product: windows }
detection: { s: { a: v }, condition: s }
---
title: Many
correlation: { type: event_count, rules: [base], group-by: ['b c'], timespan: 5m, condition: { gte: 2 } }
`);
  expect(mapped(correlation, [pipeline(having({ others: 'Text/{field}' }))])).toMatch(
    /^pipeline\/unsayable-name/,
  );
});
