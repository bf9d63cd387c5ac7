import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import { sought } from '../../src/verify/generate.js';
import { against, verify } from '../../src/verify/index.js';
import { treeOf } from '../../src/verify/tree.js';
import { convertOptions, options, typed } from './subjects.js';

const origin = { source: { name: 'rule.yml', text: '' }, start: 0, end: 0 };

async function judge(id: BackendId, detection: string, query?: string) {
  const backend = await loadBackend(id);
  const plain = (await loadPipeline('plain', id))!;
  const text = `title: T\nlogsource: { category: test }\ndetection:\n${detection}`;
  const [own] = convert(
    [{ name: 'rule.yml', text }],
    [{ backend, pipelines: [plain] }],
    convertOptions,
  );
  return verify(query === undefined ? own! : against(own!, query), options);
}

const three = `  s: { F|contains|all: [' -clsid ', ' -target ', ' -victim '] }\n  condition: s`;
const log = `  s: { F|contains: ':\\Windows\\Logs\\', G: x }\n  f: { F|endswith: '.evtx' }\n  condition: s and not f`;
const both = `  s: { F|contains: ':\\Windows\\Logs\\', F|endswith: '.evtx' }\n  condition: s`;
const sam = `  s: { F|contains: 'config' }\n  f: { F|endswith: '\\sam' }\n  condition: s and not f`;

// Queries that differ from the rule only where all tests of one field but one hold.
test.each([
  ['kql', three, 'Events | where F contains " -clsid " and F contains " -victim "'],
  [
    'kql',
    three,
    'Events | where F contains " -clsid " and F contains " -target " and F contains_cs " -victim "',
  ],
  ['kql', both, 'Events | where F contains @":\\Windows\\Logs\\" and F contains ".evtx"'],
  [
    'kql',
    log,
    'Events | where F contains @":\\Windows\\Logs\\" and G =~ "x" and not(F contains ".evtx")',
  ],
  ['kql', sam, 'Events | where F contains "config" and not(F contains @"\\sam")'],
  ['kql', sam, 'Events | where F contains "config" and not(F endswith_cs @"\\sam")'],
  [
    'esql',
    three,
    'FROM Events | WHERE TO_LOWER(F) LIKE "* -clsid *" AND TO_LOWER(F) LIKE "* -victim *"',
  ],
  [
    'esql',
    both,
    'FROM Events | WHERE TO_LOWER(F) LIKE "*:\\\\\\\\windows\\\\\\\\logs\\\\\\\\*" AND TO_LOWER(F) LIKE "*.evtx*"',
  ],
  ['eql', three, 'any where F like~ "* -clsid *" and F like~ "* -victim *"'],
  ['eql', sam, 'any where F like~ "*config*" and not F like~ "*\\\\sam*"'],
  ['spl', three, 'F="* -clsid *" AND F="* -target *"'],
] as const)(
  '%s: what a query leaves out of several tests of one field is found: %s %s',
  async (id, detection, query) => {
    expect(await judge(id, detection)).toMatchObject({ verdict: 'equal' });
    expect(await judge(id, detection, query)).toMatchObject({
      verdict: 'diverges',
      counterexample: { statement: 'rendering' },
    });
  },
);

test.each([
  ['all but one of several texts', three, 3],
  [
    'windash beside others',
    `  s: { F|windash|contains|all: [' -a ', ' -b '], F|endswith: x }\n  condition: s`,
    11,
  ],
  [
    'a text inside a pattern',
    `  s: { F|contains: 'C:\\*\\x', F|startswith: 'c:' }\n  condition: s`,
    2,
  ],
  [
    'an expression beside texts',
    `  s: { F|re: '^(?:ab|cd)+[0-9]{3}$', G: 1 }\n  f: { F|contains: cd }\n  condition: s and not f`,
    3,
  ],
  ['numbers', `  s: { F|gt: 5, F|lte: 7 }\n  f: { F: 6 }\n  condition: s and not f`, 3],
  [
    'networks',
    `  s: { F|cidr: [10.0.0.0/8, 192.168.0.0/16] }\n  f: { F|cidr: 10.1.0.0/16 }\n  condition: s and not f`,
    3,
  ],
])('every test decides: %s', async (_, detection, all) => {
  const { tests } = await judge('kql', detection);
  expect(tests).toEqual({ all, decided: all, impossible: [], undecided: [] });
});

test('a test that its neighbours rule out is told, with its place', async () => {
  const { verdict, tests } = await judge(
    'kql',
    `  s:\n    F|contains:\n      - net\n      - netsh\n  condition: s`,
  );
  expect(verdict).toBe('equal');
  expect(tests).toEqual({
    all: 2,
    decided: 1,
    impossible: [{ file: 'rule.yml', line: 7, column: 9, value: true }],
    undecided: [],
  });
});

test('values that exclude each other rule each other out where a field has one', async () => {
  const { tests } = await judge('kql', `  s: { F: a }\n  f: { F: b }\n  condition: s and not f`);
  expect(tests).toMatchObject({
    all: 2,
    decided: 1,
    impossible: [{ value: true }],
  });
});

test('what only values decide that the column does not hold is told', async () => {
  const text = `title: T\nlogsource: { category: test }\ndetection: { s: { ip_ip|endswith: zz, G: 1 }, condition: s }`;
  const [own] = convert([{ name: 'rule.yml', text }], [await typed('esql')], convertOptions);
  const { tests } = verify(own!, options);
  expect(tests!.undecided.map(({ reason }) => reason)).toEqual(['outside-class', 'outside-class']);
});

test('each of thousands of tests is sought', async () => {
  const values = Array.from({ length: 2500 }, (_, at) => `v${at}w`);
  const { verdict, tests } = await judge(
    'eql',
    `  s: { F|contains: [${values.join(', ')}] }\n  condition: s`,
  );
  expect(verdict).toBe('equal');
  expect(tests).toMatchObject({ all: 2500, decided: 2500 });
});

test('of more than five thousand tests some are sought, evenly over the whole', () => {
  const [only] = treeOf({ kind: 'exists', field: { name: 'F', type: 'string' }, origin }).tests;
  expect(sought({ tests: Array.from({ length: 5000 }, () => only!) })).toHaveLength(5000);
  expect(sought({ tests: Array.from({ length: 6000 }, () => only!) })).toHaveLength(3000);
});

test('of rows for an expression of thousands of characters, those are run that end in time', async () => {
  const value = 'ab*c'.repeat(1500);
  const detection = `  s: { F|endswith: '${value}', G: [a, b] }\n  condition: s`;
  const { verdict, cases } = await judge('kql', detection);
  const { cases: all } = await judge('kql', detection.replace(value, value.slice(0, 400)));
  expect(verdict).toBe('equal');
  expect(cases).toBeLessThan(all / 4);
});
