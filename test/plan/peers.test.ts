import { expect, test } from 'vitest';
import { anyOne, anyRun, type Predicate, type Target } from '../../src/ir/index.js';
import { backendIds } from '../../src/render/index.js';
import { and, everything, field, network, not, num, or, regex, text } from '../support/ir.js';
import { kustoDiagnostics } from '../support/kusto.js';
import { condition, planned } from '../support/planned.js';

// Each test is a class of mistakes that was counted in the output of another converter over the
// rules of SigmaHQ.

const origin = everything.origin;
const mapped: Partial<Target> = { columns: { f: 'string', g: 'string' } };

const kql = (predicate: Predicate) => condition(predicate, 'kql', mapped);
const eql = (predicate: Predicate) => condition(predicate, 'eql', mapped);
const esql = (predicate: Predicate) => condition(predicate, 'esql', mapped);
const spl = (predicate: Predicate) => condition(predicate, 'spl', mapped);

test('KQL: a run after a backslash does not become a literal star', async () => {
  expect(await kql(text('f', [anyRun, '\\VolumeCaches\\', anyRun]))).toBe(
    'f contains @"\\VolumeCaches\\"',
  );
});

test('KQL: null on a string column is not isnull', async () => {
  expect(await kql({ kind: 'null', field: field('f'), origin })).toBe('isempty(f)');
});

test('KQL: an inner wildcard in a list keeps order, adjacency and anchors', async () => {
  expect(await kql(or(text('f', [' \\\\', anyRun, '\\', anyRun, '$']), text('f', ['x'])))).toBe(
    'f matches regex @"(?is)\\A \\\\\\\\.*\\\\.*\\$\\z" or f =~ "x"',
  );
});

test('KQL: an inner wildcard ignores case, covers line feeds and the whole value', async () => {
  expect(await kql(text('f', ['a', anyRun, 'c']))).toBe('f matches regex @"(?is)\\Aa.*c\\z"');
});

test('KQL: a list of numbers on a number column is a list of numbers', async () => {
  const port = field('port', 'integer');
  expect(await kql(or(num(port, '80'), num(port, '443')))).toBe('port in (80, 443)');
});

test('KQL: a text that is no decimal number never equals a number', async () => {
  expect(await kql(and(text(field('id', 'integer'), ['0x3e7']), text('f', ['x'])))).toBe('false');
});

test('KQL: a keyword is never a bare string', async () => {
  const keyword: Predicate = {
    kind: 'keyword',
    pattern: [anyRun, '\\perfc.dat', anyRun],
    cased: false,
    fields: [field('f'), field('g')],
    origin,
  };
  expect(await kql(keyword)).toBe('f contains @"\\perfc.dat" or g contains @"\\perfc.dat"');
});

test('KQL: a thousand values are within the depth that the parser is safe with', async () => {
  const values = Array.from({ length: 1000 }, (_, at) => text('f', [anyRun, `v${at}`, anyRun]));
  const { query } = await planned(or(...values), 'kql');
  expect(kustoDiagnostics(query, { Events: { f: 'string' } })).toEqual([]);
});

test('KQL: an IPv6 network is not asked of ipv4_is_in_range', async () => {
  expect(await kql(network(field('f'), 'fe80::/10'))).toBe('ipv6_is_in_range(f, "fe80::/10")');
});

test('KQL: a part of a value never becomes an empty prefix', async () => {
  expect(await kql(text('f', [anyRun, '\\AppData\\', anyRun]))).toBe('f contains @"\\AppData\\"');
});

test('KQL: an odd field name is a name and not a string', async () => {
  expect(await kql(text('cs-uri', ['x']))).toBe(`['cs-uri'] =~ "x"`);
});

test('KQL: several exact values at once are not has_all', async () => {
  expect(await kql(and(text('f', ['a']), text('f', ['b'])))).toBe('f =~ "a" and f =~ "b"');
});

test('KQL: any value is not an empty prefix, which a missing field would match', async () => {
  expect(await kql(text('f', [anyRun]))).toBe('isnotempty(f)');
});

test('KQL: a line break in a value stays within its literal', async () => {
  expect(await kql(text('f', ['a\nb']))).toBe('f =~ "a\\nb"');
});

test('KQL: a truth value is not compared as text', async () => {
  expect(await kql(text(field('b', 'boolean'), ['true']))).toBe('b == true');
});

test('EQL: a field name with a hyphen is in backticks', async () => {
  expect(await eql(text('cs-uri-query', ['x']))).toBe('?`cs-uri-query` : "x"');
});

test('EQL: a regular expression is case-sensitive, spans the value, and is escaped twice', async () => {
  expect(await eql(regex('f', '\\s[\'"]?C:\\\\Win'))).toBe(
    'f regex ".*[\\t\\n\\f\\r ][\'\\\\\\"]?C:\\\\\\\\Win.*"',
  );
});

test('EQL: a keyword is refused, not a string in place of a condition', async () => {
  const keyword: Predicate = { kind: 'keyword', pattern: ['x'], cased: false, fields: [], origin };
  expect((await planned(keyword, 'eql')).query).toBe('');
});

test('EQL: numbers are compared with == and in', async () => {
  const port = field('port', 'integer');
  expect(await eql(num(port, '9389'))).toBe('?port == 9389');
  expect(await eql(or(num(port, '401'), num(port, '200')))).toBe('?port in (401, 200)');
});

test('EQL: a literal star or question mark is not escaped but said otherwise', async () => {
  expect(await eql(text('f', ['+R *.cui']))).toBe('f in~ ("+R *.cui")');
  expect(await eql(text('f', [anyRun, 'a?']))).toBe('f regex~ ".*a\\\\?"');
});

test('EQL: true in quotes is a truth value on a truth column', async () => {
  expect(await eql(text(field('b', 'boolean'), ['true']))).toBe('?b == true');
});

test('EQL: case-sensitive wildcards are not ==', async () => {
  expect(await eql(text('f', [anyRun, 'Val', anyRun], { cased: true }))).toBe('f like "*Val*"');
});

test('ES|QL: texts are compared without regard to case', async () => {
  expect(await esql(text('f', [anyRun, '\\cmd.exe']))).toBe('TO_LOWER(f) LIKE """*\\\\cmd.exe"""');
});

test('ES|QL: a backslash in LIKE is escaped for LIKE too', async () => {
  expect(await esql(text('f', [anyRun, '\\Temp\\', anyRun]))).toBe(
    'TO_LOWER(f) LIKE """*\\\\temp\\\\*"""',
  );
});

test('ES|QL: a regular expression spans the value', async () => {
  expect(await esql(regex('f', 'foo', 'i'))).toBe('f RLIKE ".*[Ff][Oo][Oo].*"');
});

test('ES|QL: a literal question mark in LIKE is escaped', async () => {
  expect(await esql(text('f', [anyRun, '/index.php?h=', anyRun]))).toBe(
    'TO_LOWER(f) LIKE """*/index.php\\?h=*"""',
  );
});

test('ES|QL: a filter on a missing field does not drop the row', async () => {
  expect(await esql(and(text('f', ['x']), not(text('g', ['y']))))).toBe(
    'TO_LOWER(f) == "x" AND NOT COALESCE(TO_LOWER(g) == "y", false)',
  );
});

test('ES|QL: numbers on a text field are quoted', async () => {
  expect(await esql(or(num(field('sc-status'), '200'), num(field('sc-status'), '302')))).toBe(
    '`sc-status` IN ("200", "302")',
  );
});

test('SPL: a regular expression among alternatives does not come before the search', async () => {
  expect(await spl(or(regex('f', 'x'), regex('g', 'y')))).toBe(
    '*\n| where match(f, "x") OR match(g, "y")',
  );
});

test('SPL: a regular expression under not stays under not', async () => {
  expect(await spl(not(and(regex('f', 'x'), text('g', ['y']))))).toBe(
    '*\n| eval sigma_1=if(isnotnull(f) AND match(f, "x"), 1, 0)\n| search NOT (sigma_1=1 AND g="y")',
  );
});

test('SPL: one character is not any run of characters', async () => {
  expect(await spl(text('f', [anyRun, '8', anyOne]))).toBe(
    '*\n| where match(f, "(?is)\\\\A.*8.\\\\z")',
  );
});

test('SPL: a literal star is not a wildcard', async () => {
  expect(await spl(text('f', ['a*', anyRun]))).toBe(
    '*\n| where match(f, "(?is)\\\\Aa\\\\*.*\\\\z")',
  );
});

test('SPL: two fields are compared without regard to case', async () => {
  expect(
    await spl({
      kind: 'field',
      field: field('a'),
      other: field('b'),
      test: 'equals',
      cased: false,
      origin,
    }),
  ).toContain('"t".lower(a)="t".lower(b)');
});

test.each(backendIds)('%s: a case-sensitive list stays case-sensitive', async (id) => {
  const cased = await condition(
    or(text('f', ['Ab'], { cased: true }), text('f', ['Cd'], { cased: true })),
    id,
    mapped,
  );
  expect(cased).toBe(
    {
      kql: 'f in ("Ab", "Cd")',
      spl: '*\n| where match(f, "(?s)\\\\AAb\\\\z") OR match(f, "(?s)\\\\ACd\\\\z")',
      eql: 'f in ("Ab", "Cd")',
      esql: 'f IN ("Ab", "Cd")',
      dsl: '{ "terms": { "f": ["Ab", "Cd"] } }',
    }[id],
  );
});
