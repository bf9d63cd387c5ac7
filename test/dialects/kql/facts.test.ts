import { expect, test } from 'vitest';
import { facts, holds, ownFacts } from './recorded.js';
import { problemsOf, rowsOf, valueOf } from './run.js';

/** What `tests` of real Kusto measured, restated: term boundaries, null logic, casts, `between`. */
test.each([
  ['"a_b" has "a"', true],
  ['"a-b" has "a"', true],
  ['"ab" has "a"', false],
  ['"a1" has "a"', false],
  ['"éa" has "a"', false],
  ['"x a_b y" has "a-b"', false],
  ['"b .b-" has "-"', true],
  ['"a-b" has ""', true],
  ['"a b" has "a "', true],
  ['"xa b" has "a "', false],
  ['"FOO bar" has "foo"', true],
  ['"FOO bar" has_cs "foo"', false],
  ['"foo" !has "bar"', true],
  ['"value1 here" has_any ("value1", "value2")', true],
  ['"other" has_any ("value1", "value2")', false],
  ['"code 42 here" has_any (42)', true],
  ['"a b c" has_all ("A", "c")', true],
  ['"a b c" has_all ("a", "d")', false],
  ["'xa b' hasprefix 'a '", false],
  ["'xa b' hassuffix 'a '", true],
  ["'x-error' hasprefix 'err'", true],
  ["'x-error' hasprefix '-err'", true],
  ["'err or' hasprefix 'r o'", false],
  ["'a.error.b' hassuffix 'or'", true],
])('terms: %s is %s', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

test.each([
  ['"Abc" == "abc"', false],
  ['"Abc" =~ "aBC"', true],
  ['"Abc" !~ "abc"', false],
  ['"Ä" =~ "ä"', false],
  ['"xÄy" contains "ÄY"', true],
  ['"xÄy" contains "äy"', false],
  ['"Abc" contains_cs "bC"', false],
  ['"Abc" startswith "aB"', true],
  ['"Abc" startswith_cs "aB"', false],
  ['"Abc" endswith "BC"', true],
  ['"Abc" !endswith "BC"', false],
  ['"a" in ("A", "b")', false],
  ['"a" in~ ("A", "b")', true],
  ['"a" !in~ ("A", "b")', false],
  ['"b" in (dynamic(["a", ["b"]]))', true],
  ['"a*b" contains "a%b"', false],
])('strings: %s is %s', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

test.each([
  ['toint("5.7")', null],
  ['tolong("1e3")', null],
  ['todouble("1e3")', 1000],
  ['tolong(" 7 ")', 7],
  ['toint("0x10")', 16],
  ['todouble("0x10")', null],
  ['tolong("1,000")', null],
  ['tolong("+4")', 4],
  ['tolong("")', null],
  ['tolong("9999999999")', 9999999999],
  ['tohex(256)', '100'],
  ['tohex(10, 8)', '0000000a'],
  ['tohex(-256)', 'ffffffffffffff00'],
  ['tohex(long(null))', ''],
  ['tolong("9007199254740993")', '9007199254740993'],
  ['tolong(1d)', 864000000000],
  ['tolong(1.9)', 1],
  ['tolong(true)', 1],
  ['tobool("TRUE")', true],
  ['tobool(2)', true],
  ['tobool("x")', null],
  ['tostring(true)', 'True'],
  ['tostring(dynamic(true))', 'true'],
  ['tostring(1.0)', '1.0'],
  ['tostring(datetime(2020-01-01))', '2020-01-01T00:00:00.0000000Z'],
  ['tostring(1d)', '1.00:00:00'],
  ['tostring(time(1.02:03:04.5))', '1.02:03:04.5000000'],
  ['tostring(1ms)', '00:00:00.0010000'],
  ['tostring(-90m)', '-01:30:00'],
  ['tostring(timespan(null))', ''],
  ['tostring(dynamic("x"))', 'x'],
  ['tostring(dynamic([1, 2]))', '[1,2]'],
  ['tostring(dynamic({"a": 1.5, "b": [true, null, "q"]}))', '{"a":1.5,"b":[true,null,"q"]}'],
  ['tostring(dynamic(null))', ''],
  ['isempty(dynamic([]))', false],
  ['isempty(dynamic(null))', true],
  ["isnull('')", false],
  ["isempty('')", true],
  ['todatetime("2022-12-02T13:45:56+02:00")', '2022-12-02T11:45:56.0000000Z'],
  ["todatetime('13-01-2022')", null],
  ['todatetime("2023-02-29")', null],
  ['totimespan("01:30")', '01:30:00'],
  ['toguid("74BE27DE-1E4E-49D9-B579-FE0B331D3642")', '74be27de-1e4e-49d9-b579-fe0b331d3642'],
])('casts: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

test.each([
  ['-10 % 4', 2],
  ['-7 / 2', -3],
  ['7 / 2', 3],
  ['7 / 2.0', 3.5],
  ['1 / 0', null],
  ['1 % 0', null],
  ['9223372036854775807 + 1', '-9223372036854775808'],
  ['1d / 1h', 24],
  ['1d * 2', '2.00:00:00'],
  ['25h % 1d', '01:00:00'],
  ['datetime(2020-01-02) - datetime(2020-01-01)', '1.00:00:00'],
  ['datetime(2020-01-01) + 1tick', '2020-01-01T00:00:00.0000001Z'],
  ['3 between (2 .. 10)', true],
  ['10 between (2 .. 10)', true],
  ['5 between (10 .. 1)', false],
  ['long(null) between (2 .. 10)', null],
  ['long(null) !between (2 .. 10)', null],
  ['datetime(2020-01-04) between (datetime(2020-01-01) .. 3d)', true],
  ['datetime(2020-01-04T00:00:00.0000001) between (datetime(2020-01-01) .. 3d)', false],
])('arithmetic: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

const nulls =
  'datatable(n: int, m: int, s: string, b: bool, five: int)[int(null), int(null), "", bool(null), 5]';

test.each([
  ['n == 5', false],
  ['n != 5', true],
  ['n == m', null],
  ['n != m', null],
  ['n < 5', null],
  ['n >= m', null],
  ['n in (5)', false],
  ['n !in (5)', true],
  ['n + 1', null],
  ['not(n < 5)', null],
  ['not((n < 5) == true)', true],
  ['s contains "x"', false],
  ['s !contains "x"', true],
  ['s matches regex "x"', false],
  ['s =~ ""', true],
  ['b and false', false],
  ['b and true', null],
  ['b or true', true],
  ['b or false', null],
  ['not(b)', null],
  ['b == true', false],
  ['isnull(b)', true],
  ['five == "5"', true],
  ['five in ("5")', true],
])('null logic: %s is %j', (expression, expected) => {
  expect(rowsOf(`${nulls} | project r = ${expression}`)).toEqual([[expected]]);
});

test('where keeps the rows whose predicate is true, and neither false nor null', () => {
  const query = 'datatable(n: int)[1, 7, int(null)] | where n < 5';
  expect(rowsOf(query)).toEqual([[1]]);
  expect(rowsOf(query.replace('n < 5', 'not(n < 5)'))).toEqual([[7]]);
});

test.each([
  ["dynamic('a') == dynamic('a')", "kql/type: dynamic('a') == dynamic('a')"],
  ['case(1 > 0, "positive", 5)', 'kql/type: case(1 > 0, "positive", 5)'],
  ['iff(true, "a", 5)', 'kql/type: iff(true, "a", 5)'],
])("types that only Kusto's engine refuses: %s", (expression, expected) => {
  expect(problemsOf(`print ${expression}`)).toEqual([expected]);
});

test('every fact recorded from the Kusto emulator holds, as far as they are at hand', () => {
  const recorded = [...ownFacts, ...facts];
  expect(recorded.length).toBeGreaterThan(3);
  expect(recorded.filter((fact) => !holds(fact))).toEqual([]);
});
