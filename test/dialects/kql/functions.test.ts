import { expect, test } from 'vitest';
import { problemsOf, valueOf } from './run.js';

test.each([
  ['tolower("AbC")', 'abc'],
  ['toupper("AbC")', 'ABC'],
  ['strlen("añ😀")', 3],
  ['strcat("a", 1, true)', 'a1True'],
  ['strcat_delim("-", "a", "b", 3)', 'a-b-3'],
  ['substring("abcdef", 2)', 'cdef'],
  ['substring("abcdef", 1, 2)', 'bc'],
  ['substring("abcdef", -2)', 'ef'],
  ['split("a,b,,c", ",")', ['a', 'b', '', 'c']],
  ['split("a,b,c", ",", 1)', ['b']],
  ['split("a,b,c", ",")[1]', 'b'],
  ['indexof("abcabc", "c")', 2],
  ['indexof("abcabc", "c", 3)', 5],
  ['indexof("abc", "x")', -1],
  ['countof("aaa", "aa")', 2],
  ['replace_string("a.b.c", ".", "$&")', 'a$&b$&c'],
  ['replace_regex("a1b22", @"(\\d+)", @"<\\1>")', 'a<1>b<22>'],
  ['trim("-+", "--a-b--")', 'a-b'],
  ['trim_start(@"\\s+", "  a ")', 'a '],
  ['trim_end(@"\\s+", "  a ")', '  a'],
  ['extract(@"user=(\\w+)", 1, "x user=eve y")', 'eve'],
  ['extract(@"port=(\\d+)", 1, "port=80", typeof(long))', 80],
  ['extract("z", 0, "abc")', ''],
  ['strrep("ab", 2, "-")', 'ab-ab'],
  ['reverse("abc")', 'cba'],
  ['base64_decode_tostring("aMOpbGxv")', 'héllo'],
  ['base64_decode_tostring("/w==")', ''],
  ['base64_encode_tostring("héllo")', 'aMOpbGxv'],
])('text: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test.each([
  ['"Edge.6ebddd.zip" matches regex @"Edge\\.[a-z0-9]{6}\\.zip"', true],
  ['"ABC" matches regex "b"', false],
  ['"ABC" matches regex "(?i)b"', true],
  ['"a\\nb" matches regex "a.b"', false],
  ['"a\\nb" matches regex "(?s)a.b"', true],
  ['"ab\\n" matches regex "b$"', false],
  ['"٣" matches regex @"^\\d$"', true],
  ['"٣" matches regex @"^[0-9]$"', false],
  ['"é" matches regex @"^\\w$"', true],
  ['"é" matches regex @"^\\W$"', false],
  ['"a b" matches regex @"a\\b"', true],
  ['"x]" matches regex @"[]]"', true],
  ['"k=v" matches regex @"(?<key>k)=(?P<value>v)"', true],
])('regular expressions: %s is %s', (expression, expected) => {
  expect(valueOf(expression)).toBe(expected);
});

test.each(['(', 'a(?=b)', '(?<!a)b', '[a&&b]', 'a{,3}', String.raw`\q`, '(?x)a', '()'.repeat(17)])(
  'the regular expression %s is refused',
  (regex) => {
    const literal = `@"${regex}"`;
    expect(problemsOf(`print x = "a" matches regex ${literal}`)).toEqual([
      `kql/regex: "a" matches regex ${literal}`,
    ]);
  },
);

test(String.raw`\b on text beyond ASCII is refused, for Kusto reads it by Unicode`, () => {
  const query = String.raw`print x = "é a" matches regex @"\ba"`;
  expect(problemsOf(query)).toEqual([`kql/unverified: "é a" matches regex @"\\ba"`]);
  expect(valueOf(String.raw`"é a" matches regex @"(?-u:\b)a"`)).toBe(true);
});

test.each([
  ['iff(1 < 2, "a", "b")', 'a'],
  ['iff(bool(null), "a", "b")', 'b'],
  ['case(false, 1, true, 2, 3)', 2],
  ['case(false, 1, false, 2, 3)', 3],
  ['coalesce(long(null), 5)', 5],
  ['coalesce("", "b")', 'b'],
  ['min_of(3, 1, 2)', 1],
  ['max_of(datetime(2020-01-01), datetime(2021-01-01))', '2021-01-01T00:00:00.0000000Z'],
  ['isempty("")', true],
  ['isnotempty(" ")', true],
  ['isnull(long(null))', true],
  ['isnotnull(5)', true],
  ['not(true)', false],
])('conditions: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test.each([
  ['now()', '2024-02-01T12:00:00.0000000Z'],
  ['now(-1d)', '2024-01-31T12:00:00.0000000Z'],
  ['ago(90m)', '2024-02-01T10:30:00.0000000Z'],
  ['startofday(datetime(2024-02-29 13:14:15))', '2024-02-29T00:00:00.0000000Z'],
  ['endofday(datetime(2024-02-29), 1)', '2024-03-01T23:59:59.9999999Z'],
  ['startofweek(datetime(2024-02-01))', '2024-01-28T00:00:00.0000000Z'],
  ['startofmonth(datetime(2024-03-31), -1)', '2024-02-01T00:00:00.0000000Z'],
  ['endofmonth(datetime(2024-02-01))', '2024-02-29T23:59:59.9999999Z'],
  ['startofyear(datetime(2024-03-31))', '2024-01-01T00:00:00.0000000Z'],
  ['endofyear(datetime(2024-03-31))', '2024-12-31T23:59:59.9999999Z'],
  ['datetime_part("quarter", datetime(2024-05-01))', 2],
  ['datetime_diff("hour", datetime(2024-01-01 02:00), datetime(2024-01-01 00:59))', 2],
  ['datetime_diff("month", datetime(2024-03-01), datetime(2024-01-31))', 2],
  ['datetime_add("month", 1, datetime(2024-01-31))', '2024-02-29T00:00:00.0000000Z'],
  ['datetime_add("day", -1, datetime(2024-01-01))', '2023-12-31T00:00:00.0000000Z'],
  ['hourofday(datetime(2024-01-01 23:10))', 23],
  ['dayofmonth(datetime(2024-01-31))', 31],
  ['dayofyear(datetime(2024-12-31))', 366],
  ['dayofweek(datetime(2024-02-01))', '4.00:00:00'],
  ['getmonth(datetime(2024-05-01))', 5],
  ['getyear(datetime(2024-05-01))', 2024],
  ['week_of_year(datetime(2021-01-01))', 53],
  [
    'format_datetime(datetime(2024-01-02 03:04:05.678), "yyyy-MM-dd HH:mm:ss.fff")',
    '2024-01-02 03:04:05.678',
  ],
  ['unixtime_milliseconds_todatetime(1546300799999)', '2018-12-31T23:59:59.9990000Z'],
  ['unixtime_seconds_todatetime(0)', '1970-01-01T00:00:00.0000000Z'],
  ['make_datetime(2024, 2, 29, 1, 2)', '2024-02-29T01:02:00.0000000Z'],
  ['bin(datetime(2024-01-01 13:59), 1h)', '2024-01-01T13:00:00.0000000Z'],
  ['bin(7, 5)', 5],
  ['bin(-7, 5)', -10],
  ['bin(7.3, 0.5)', 7],
  ['bin(7, 0)', null],
  ['bin(datetime(2024-01-03), 7d)', '2024-01-01T00:00:00.0000000Z'],
  ['bin_at(datetime(2024-01-03), 7d, datetime(1970-01-01))', '2023-12-28T00:00:00.0000000Z'],
  ['floor(-1.5, 1)', -2],
  ['range(1, 7, 3)', [1, 4, 7]],
  ['range(1h, 3h, 1h)', ['01:00:00', '02:00:00', '03:00:00']],
  ['round(3.5)', 4],
  ['abs(-3)', 3],
  ['pow(2, 10)', 1024],
])('numbers and times: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test.each([
  ['dynamic({"a": {"b": [1, 2]}}).a.b[-1]', 2],
  ['dynamic({"a b": 1})["a b"]', 1],
  ['isnull(dynamic({"a": 1}).x.y)', true],
  ['parse_json(\'{"a": 12345678901234567}\').a', '12345678901234567'],
  ['parse_json("nonsense")', 'nonsense'],
  ['tostring(parse_json(\'{"a":[1,{"b":null}]}\').a)', '[1,{"b":null}]'],
  ['toint(dynamic({"n": "5"}).n)', 5],
  ['array_length(dynamic([1, 2]))', 2],
  ['array_length(parse_json(\'{"a": 1}\'))', null],
  ['set_has_element(dynamic(["a", "b"]), "a")', true],
  ['set_has_element(dynamic(["a", "b"]), "A")', false],
  ['array_index_of(dynamic(["a", "b"]), "b")', 1],
  ['array_index_of(dynamic(["a"]), "z")', -1],
  ['array_concat(dynamic([1]), dynamic([2]))', [1, 2]],
  ['array_slice(dynamic([1, 2, 3, 4]), 1, 2)', [2, 3]],
  ['set_union(dynamic([1, 2]), dynamic([2, 3]))', [1, 2, 3]],
  ['set_intersect(dynamic([1, 2]), dynamic([2, 3]))', [2]],
  ['set_difference(dynamic([1, 2]), dynamic([2]))', [1]],
  ['strcat_array(dynamic(["a", 1]), ";")', 'a;1'],
  ['pack_array(1, "a", 1h)', [1, 'a', '01:00:00']],
  ['bag_pack("a", 1, "b", "x")', { a: 1, b: 'x' }],
  ['bag_keys(dynamic({"a": 1, "b": 2}))', ['a', 'b']],
  ['bag_has_key(dynamic({"a": 1}), "a")', true],
  ['extract_json("$.a[1].b", \'{"a":[0,{"b":"x"}]}\')', 'x'],
  ['gettype(dynamic([1]))', 'array'],
  ['parse_xml("<a x=\'1\'><b>t&amp;u</b><b>v</b></a>")', { a: { '@x': '1', b: ['t&u', 'v'] } }],
  ['parse_xml("<a>")', null],
  ['ipv4_is_in_range("192.168.1.7", "192.168.1.0/24")', true],
  ['ipv4_is_in_range("192.168.2.7", "192.168.1.0/24")', false],
  ['ipv4_is_in_range("fe80::1", "192.168.1.0/24")', null],
  ['ipv4_is_in_any_range("10.1.1.1", "192.168.0.0/16", "10.0.0.0/8")', true],
  ['ipv4_is_in_any_range("10.1.1.1", dynamic(["10.0.0.0/8"]))', true],
  ['ipv6_is_in_range("2001:db8::7", "2001:db8::/32")', true],
  ['ipv6_is_in_range("2001:db9::7", "2001:db8::/32")', false],
  ['ipv4_is_private("172.31.0.1")', true],
])('dynamic values and addresses: %s is %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

test.each([
  ['hash("x")', 'kql/unsupported: hash("x")'],
  ['rand()', 'kql/unsupported: rand()'],
  ['parse_path("a")', 'kql/unsupported: parse_path("a")'],
  ['trim("-", "--a")', 'kql/unverified: trim("-", "--a")'],
  ['replace_regex("a", "(a)", "$1\\\\q")', 'kql/unverified: replace_regex("a", "(a)", "$1\\\\q")'],
  ['dynamic(1) + 1', 'kql/unverified: dynamic(1) + 1'],
])('%s is refused by name', (expression, expected) => {
  expect(problemsOf(`print ${expression}`)).toContain(expected);
});
