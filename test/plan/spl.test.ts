import { expect, test } from 'vitest';
import { anyOne, anyRun, type Predicate } from '../../src/ir/index.js';
import {
  and,
  comparison,
  everything,
  field,
  network,
  not,
  num,
  or,
  regex,
  text,
} from '../support/ir.js';
import { condition, planned } from '../support/planned.js';

const origin = everything.origin;
const wildcard = text('c', ['a', anyOne]);

const cases: readonly (readonly [name: string, predicate: Predicate, query: string])[] = [
  ['a list, wildcards too', or(text('f', ['a']), text('f', ['b', anyRun])), 'f IN ("a", "b*")'],
  [
    'and within or',
    or(and(text('a', ['1']), text('b', ['2'])), text('c', ['3'])),
    '(a="1" AND b="2") OR c="3"',
  ],
  [
    'or within and',
    and(text('a', ['1']), or(text('b', ['2']), text('c', ['3']))),
    'a="1" AND (b="2" OR c="3")',
  ],
  ['not, never !=', not(text('f', ['x'])), 'NOT f="x"'],
  ['not over a connective', not(and(text('a', ['1']), text('b', ['2']))), 'NOT (a="1" AND b="2")'],
  ['null', { kind: 'null', field: field('f'), origin }, 'NOT f=*'],
  ['exists', { kind: 'exists', field: field('f'), origin }, 'f=*'],
  ['not null', not({ kind: 'null', field: field('f'), origin }), 'NOT (NOT f=*)'],
  ['any value', text('f', [anyRun]), 'f=*'],
  ['the empty string', text('f', []), 'f=""'],
  [
    'null or empty',
    or({ kind: 'null', field: field('f'), origin }, text('f', [])),
    'NOT f=* OR f=""',
  ],
  ['a number', num(field('EventCode', 'integer'), '4625'), 'EventCode="4625"'],
  ['a cased text without letters', text('f', ['4-2'], { cased: true }), 'f="4-2"'],
  ['a network', network(field('f', 'ip'), '10.0.0.0/8'), 'f="10.0.0.0/8" OR f="::ffff:a00:0/104"'],
  ['an odd name', text('a b', ['x']), '"a b"="x"'],
  ['a name with dots and braces', text('user.groups{}.id', ['x']), 'user.groups{}.id="x"'],
  ['nothing that search can say', wildcard, '*\n| where match(c, "(?is)\\\\Aa.\\\\z")'],
  [
    'what search can say first',
    and(wildcard, text('b', ['x'])),
    'b="x"\n| where match(c, "(?is)\\\\Aa.\\\\z")',
  ],
  [
    'a guard under not',
    not(wildcard),
    '*\n| where NOT (isnotnull(c) AND match(c, "(?is)\\\\Aa.\\\\z"))',
  ],
  [
    'a flag for what stands beside what search says',
    or(text('b', ['x']), wildcard),
    '*\n| eval sigma_1=if(match(c, "(?is)\\\\Aa.\\\\z"), 1, 0)\n| search b="x" OR sigma_1=1',
  ],
  [
    'a filter with a regular expression and a text, inverted as a whole',
    and(text('a', ['1']), not(and(regex('c', ':[^ \\\\]'), text('b', ['2'])))),
    'a="1"\n| eval sigma_1=if(isnotnull(c) AND match(c, ":[^ \\\\\\\\]"), 1, 0)\n| search NOT (sigma_1=1 AND b="2")',
  ],
  [
    'one flag for alternatives',
    or(wildcard, regex('d', 'x"y'), text('b', ['x'])),
    '*\n| eval sigma_1=if(match(c, "(?is)\\\\Aa.\\\\z") OR match(d, "x\\"y"), 1, 0)\n| search sigma_1=1 OR b="x"',
  ],
  ['case', text('f', ['Ab'], { cased: true }), '*\n| where match(f, "(?s)\\\\AAb\\\\z")'],
  [
    'a bound',
    comparison(field('f'), 'gte', '5'),
    '*\n| where match(f, "\\\\A[+-]?[0-9]+(\\\\.[0-9]+)?\\\\z") AND tonumber(f)>=5',
  ],
  [
    'two fields, never as numbers',
    { kind: 'field', field: field('a'), other: field('b c'), test: 'equals', cased: false, origin },
    `*\n| where isnotnull(a) AND isnotnull('b c') AND "t".lower(a)="t".lower('b c')`,
  ],
  [
    'a keyword, as a part of the text',
    { kind: 'keyword', pattern: [anyRun, 'mimikatz', anyRun], cased: false, fields: [], origin },
    '*\n| where match(_raw, "(?is)\\\\A.*mimikatz.*\\\\z")',
  ],
];

test.each(cases)('%s', async (_, predicate, expected) => {
  expect(await condition(predicate, 'spl')).toBe(expected);
});

test('a scope is part of the base search', async () => {
  const scope = or(
    text('source', ['XmlWinEventLog:Security']),
    text('source', ['WinEventLog:Security']),
  );
  expect(await condition(and(text('f', ['x']), wildcard), 'spl', { scope })).toBe(
    'source IN ("XmlWinEventLog:Security", "WinEventLog:Security") AND f="x"\n| where match(c, "(?is)\\\\Aa.\\\\z")',
  );
});

test('only where has a trouble with several values', async () => {
  expect((await planned(not(text('f', ['x', anyRun])), 'spl')).certificate).toBe('EXACT');
  expect((await planned(wildcard, 'spl')).certificate).toBe('EXACT/scalar');
});

test('a computed column does not take the name of a field', async () => {
  const { query } = await planned(or(text('sigma_1', ['x']), wildcard), 'spl');
  expect(query).toContain('| search sigma_1="x" OR sigma_2=1');
});

test('a field that cannot be named is refused', async () => {
  const { messages } = await planned(regex("it's", 'x'), 'spl');
  expect(messages).toEqual([
    "plan/unsupported: Splunk SPL cannot test a regular expression on 'it's': it cannot write the name of the field",
  ]);
});

test('another field as part is refused', async () => {
  const { messages } = await planned(
    { kind: 'field', field: field('a'), other: field('b'), test: 'contains', cased: false, origin },
    'spl',
  );
  expect(messages[0]).toContain('eval has no test for a literal part that is itself a field');
});
