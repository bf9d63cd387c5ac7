import { expect, test } from 'vitest';
import { transform } from '../../src/pipeline/index.js';
import { eventMapper, mapEvent, type Row } from '../../src/rows/index.js';
import { pipeline, rule } from '../pipeline/rules.js';

// Where rows lie, by what pipeline files say (docs/pipelines.md, "Sources"), written by hand.

const asked = rule('selection:\n  A: a');

/** The row of an event where the rule goes, and the table. */
function rowBy(
  files: readonly object[],
  event: Row,
  vars: Readonly<Record<string, string>> = {},
): Row {
  const pipelines = files.map((file) => pipeline(JSON.stringify(file)));
  const options = { backend: 'kql', unscoped: false, vars: new Map(Object.entries(vars)) };
  const done = transform(asked, pipelines, options);
  if (!done.ok || done.value.kind !== 'detection') throw new Error(JSON.stringify(done));
  const { table, place } = done.value.target!;
  const mapper = eventMapper(asked, place, [], pipelines, options.vars)!;
  return { table: table ?? '', row: mapEvent(mapper, event) ?? null };
}

const logsource = { product: 'windows', category: 'process_creation' };

test('the target that the rule went to is the one of that number, in that pipeline', () => {
  const first = {
    priority: 1,
    sources: [{ logsource, targets: [{ table: 'One', fields: { A: 'a1' } }] }],
  };
  const targets = [
    { table: 'None', fields: { B: 'b' } },
    { table: 'Other', when: { windows: 'other' }, fields: { A: 'a3' } },
    { table: 'Two', fields: { A: 'a2' } },
  ];
  const second = { priority: 2, sources: [{ logsource, targets }] };
  const windows = 'another';
  expect(rowBy([second, first], { A: 'x' }, { windows })).toEqual({
    table: 'Two',
    row: { a2: 'x' },
  });
  expect(rowBy([second, first], { A: 'x' })).toEqual({ table: 'Other', row: { a3: 'x' } });
  expect(rowBy([{ ...second, priority: 0 }, first], { A: 'x' })).toEqual({
    table: 'One',
    row: { a1: 'x' },
  });
});

test('a log source that no source names is where all others are', () => {
  const any = { sources: [{ logsource: {}, targets: [{ table: 'Any', others: 'any.{field}' }] }] };
  const mine = { priority: 9, sources: [{ logsource, fields: { B: 'mine' } }] };
  expect(rowBy([any, mine], { A: 'x', B: 'y' })).toEqual({
    table: 'Any',
    row: { 'any.A': 'x', mine: 'y' },
  });
});

test('columns are those of all pipelines, and mappings for all targets those with a column', () => {
  const ours = {
    tables: { T: { string: ['A'], integer: ['N'] } },
    sources: [{ logsource, targets: [{ table: 'T', fields: { C: 'N' } }] }],
  };
  const mine = {
    priority: 9,
    tables: { T: { string: ['Own'] } },
    sources: [{ logsource, fields: { B: 'Own', C: 'Gone' } }],
  };
  const event = { A: 'a', B: 'b', C: '7', D: 'd' };
  expect(rowBy([ours, mine], event)).toEqual({ table: 'T', row: { A: 'a', Own: 'b', N: 7 } });
});

test('scopes have the values of variables, and those of the site where there are any', () => {
  const file = {
    vars: { kind: 'k1,k2' },
    site: { scope: { index: '{index}' } },
    sources: [
      {
        logsource,
        targets: [{ scope: { Kind: '{kind}', Also: 'x*' }, fields: { A: 'A', Kind: 'Kind' } }],
      },
    ],
  };
  expect(rowBy([file], { A: 'a' })).toEqual({ table: '', row: { A: 'a', Kind: 'k1', Also: 'x' } });
  expect(rowBy([file], { A: 'a', Kind: 'K2' }, { index: 'main,win*' })).toEqual({
    table: '',
    row: { A: 'a', Kind: 'K2', Also: 'x', index: 'main' },
  });
  expect(rowBy([file], { A: 'a', Kind: 'k3' })).toEqual({ table: '', row: null });
});

test('a file without a time column has that of the pipelines that it extends', () => {
  const ours = { time: 'When', sources: [] };
  const mine = { priority: 9, sources: [{ logsource, targets: [{ fields: { A: 'A' } }] }] };
  const time = '2026-01-02T03:04:05Z';
  expect(rowBy([ours, mine], { A: 'a', '@timestamp': time })).toEqual({
    table: '',
    row: { A: 'a', When: time },
  });
  expect(rowBy([mine], { A: 'a', '@timestamp': time })).toEqual({
    table: '',
    row: { A: 'a', '@timestamp': time },
  });
});

test('names go into documents and their paths as they are', () => {
  const file = {
    paths: { Bag: { format: 'json', expression: 'f(Bag{path})' } },
    sources: [{ logsource, targets: [{ fields: { A: 'A' }, others: 'Bag/in/{field}' }] }],
  };
  expect(rowBy([file], { A: 'a', 'F$&"x': 'b' })).toEqual({
    table: '',
    row: { A: 'a', Bag: '{"in":{"F$&\\"x":"b"}}' },
  });
  const xml = {
    paths: { Bag: { format: 'xml', expression: 'f(Bag, "{name}")', element: 'g(Bag, "{name}")' } },
    sources: [{ logsource, targets: [{ fields: { A: 'Bag/User/A' }, others: 'Bag/{field}' }] }],
  };
  expect(rowBy([xml], { A: 'a', 'F$&"<x': 'b' })).toEqual({
    table: '',
    row: {
      Bag: '<DataItem><User><A>a</A></User><EventData><Data Name="F$&amp;&quot;&lt;x">b</Data></EventData></DataItem>',
    },
  });
});
