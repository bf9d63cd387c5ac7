import { expect, test } from 'vitest';
import { anyOne, anyRun, type Predicate, type Target } from '../../src/ir/index.js';
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

/** An index whose mapping is known. */
const mapped: Partial<Target> = {
  columns: { f: 'string', g: 'string', ip: 'ip', port: 'integer', flag: 'boolean', at: 'datetime' },
};
const port = field('port', 'integer');
const ip = field('ip', 'ip');

/** What stands before a mapped IPv4 address. */
const prefix = '(::|(0{1,4}:){5})[Ff][Ff][Ff][Ff]:';

const cases: readonly (readonly [name: string, predicate: Predicate, eql: string, esql: string])[] =
  [
    [
      'a list',
      or(text('f', ['A']), text('f', ['b'])),
      'f : ("A", "b")',
      'TO_LOWER(f) IN ("a", "b")',
    ],
    [
      'a list with wildcards',
      or(text('f', ['a']), text('f', ['b', anyRun])),
      'f : ("a", "b*")',
      'TO_LOWER(f) == "a" OR TO_LOWER(f) LIKE "b*"',
    ],
    [
      'case',
      and(text('f', ['Ab'], { cased: true }), text('g', ['Ab', anyRun], { cased: true })),
      'f == "Ab" and g like "Ab*"',
      'f == "Ab" AND g LIKE "Ab*"',
    ],
    [
      'a literal wildcard beside a real one, with case',
      text('f', ['A?', anyRun], { cased: true }),
      'f regex "A\\\\?.*"',
      'f LIKE """A\\?*"""',
    ],
    ['not', not(text('f', ['x'])), 'not (f : "x")', 'NOT COALESCE(TO_LOWER(f) == "x", false)'],
    [
      'not over a connective',
      not(or(text('f', ['x']), num(port, '1'))),
      'not (f : "x" or port == 1)',
      'NOT (COALESCE(TO_LOWER(f) == "x", false) OR COALESCE(port == 1, false))',
    ],
    ['null', { kind: 'null', field: field('f'), origin }, 'f == null', 'f IS NULL'],
    [
      'not null',
      not({ kind: 'null', field: field('f'), origin }),
      'not (f == null)',
      'NOT (f IS NULL)',
    ],
    [
      'null or empty',
      or({ kind: 'null', field: field('f'), origin }, text('f', [])),
      'f == null or f == ""',
      'f IS NULL OR f == ""',
    ],
    ['any value', text('f', [anyRun]), 'f != null', 'f IS NOT NULL'],
    ['numbers', or(num(port, '80'), num(port, '443')), 'port in (80, 443)', 'port IN (80, 443)'],
    ['a text of digits on a number', text(port, ['80']), 'port == 80', 'port == 80'],
    ['a number on a text', num(field('f'), '4625'), 'f == "4625"', 'f == "4625"'],
    [
      'a truth value in words',
      text(field('flag', 'boolean'), ['True']),
      'flag == true',
      'flag == true',
    ],
    ['an address', text(ip, ['10.0.0.1']), 'ip == "10.0.0.1"', 'ip == "10.0.0.1"'],
    [
      'a network',
      network(ip, 'fe80::/10'),
      'cidrMatch(ip, "fe80::/10")',
      'CIDR_MATCH(ip, "fe80::/10")',
    ],
    [
      'a prefix of an address',
      or(text(ip, ['192.168.', anyRun]), text(ip, ['fe80:', anyRun])),
      'cidrMatch(ip, "192.168.0.0/16") or cidrMatch(ip, "fe80::/16")',
      'CIDR_MATCH(ip, "192.168.0.0/16") OR CIDR_MATCH(ip, "fe80::/16")',
    ],
    [
      'a network of a text',
      network(field('f'), '172.16.0.0/12'),
      `f regex "(${prefix})?172\\\\.(1[6-9]|2[0-9]|3[01])\\\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])|${prefix}[Aa][Cc]1[0-9a-fA-F]:[0-9a-fA-F]{1,4}"`,
      'CIDR_MATCH(TO_IP(f), "172.16.0.0/12")',
    ],
    ['a bound', comparison(port, 'lt', '1024'), 'port < 1024', 'port < 1024'],
    [
      'a regular expression',
      regex('f', '\\d"x'),
      'f regex ".*[0-9]\\\\\\"x.*"',
      'f RLIKE """.*[0-9]\\"x.*"""',
    ],
    [
      'a regular expression without case',
      regex('f', '^ab$', 'i'),
      'f regex "[Aa][Bb]"',
      'f RLIKE "[Aa][Bb]"',
    ],
    ['names with hyphens', text('cs-uri', ['x']), '?`cs-uri` : "x"', 'TO_LOWER(`cs-uri`) == "x"'],
  ];

test.each(cases)('EQL: %s', async (_, predicate, expected) => {
  expect(await condition(predicate, 'eql', mapped)).toBe(expected);
});

test.each(cases)('ES|QL: %s', async (_, predicate, __, expected) => {
  expect(await condition(predicate, 'esql', mapped)).toBe(expected);
});

test('EQL marks fields that may be unmapped, and guards their negation', async () => {
  expect(await condition(and(text('a', ['x']), not(text('b.c', ['y', anyOne]))), 'eql')).toBe(
    '?a : "x" and not (?b.c != null and ?b.c : "y?")',
  );
});

test('EQL writes reserved segments of a name in backticks', async () => {
  expect(await condition(text('process.in', ['x']), 'eql')).toBe('?process.`in` : "x"');
});

test('ES|QL quotes an index that is not plain', async () => {
  const { query } = await planned(text('f', ['x']), 'esql', { table: 'logs-*,my index' });
  expect(query).toContain('FROM "logs-*,my index" METADATA');
});

test.each<readonly [name: string, predicate: Predicate, reason: string]>([
  [
    'two fields',
    { kind: 'field', field: field('f'), other: field('g'), test: 'equals', cased: false, origin },
    "plan/unsupported: Elastic EQL cannot test the equality of two fields on 'f': comparisons of two fields are not supported",
  ],
  [
    'analysed text',
    text(field('message', 'text'), [anyRun, 'x', anyRun]),
    "plan/unsupported: Elastic EQL cannot test a substring without regard to case on 'message': an analysed text field has no exact value",
  ],
  [
    'a keyword',
    { kind: 'keyword', pattern: [anyRun, 'x', anyRun], cased: false, fields: [], origin },
    'plan/keyword-without-fields: Elastic EQL cannot search a whole event: a condition needs a field, and the pipeline names none that holds the whole text',
  ],
  [
    'numbers in texts',
    comparison(field('f'), 'gt', '5.5'),
    "plan/unsupported: Elastic EQL cannot test a comparison of numbers in a text field on 'f': texts are compared in the order of their characters",
  ],
  [
    'an IPv6 network of a text',
    network(field('f'), 'fe80::/10'),
    "plan/unsupported: Elastic EQL cannot test an IPv6 network in a text field on 'f': cidrMatch needs a field of type ip",
  ],
  ['a word boundary', regex('f', '\\bx'), 'regex/flavour: Elastic has no a word boundary'],
])('EQL refuses %s', async (_, predicate, reason) => {
  const { query, messages } = await planned(predicate, 'eql', mapped);
  expect(query).toBe('');
  expect(messages[0]!.split(':')[0]).toBe(reason.split(':')[0]);
  if (reason.startsWith('plan/')) expect(messages).toEqual([reason]);
});

test('ES|QL is exact for single values only', async () => {
  expect((await planned(text('f', ['x']), 'esql')).certificate).toBe('EXACT/scalar');
  expect((await planned(text('f', ['x']), 'eql')).certificate).toBe('EXACT');
});
