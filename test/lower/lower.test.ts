import { expect, test } from 'vitest';
import type { Predicate } from '../../src/ir/index.js';
import { fold, type PredicateAlgebra } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

function lowered(detection: string) {
  const text = `title: A rule\nlogsource: { product: test }\ndetection:\n${detection}`;
  const [rule] = resolve(parse([{ name: 'rule.yml', text }]));
  if (!rule || rule.kind === 'broken') throw new Error(rule?.diagnostics[0]?.message);
  return lower(rule);
}

/** A short notation of predicates. */
const notation: PredicateAlgebra<string> = {
  and: (_, operands) => `and(${operands.join(' ')})`,
  or: (_, operands) => `or(${operands.join(' ')})`,
  not: (_, [operand]) => `not(${operand!})`,
  constant: ({ value }) => String(value),
  string: ({ field, pattern, cased }) => `${field.name}${cased ? '===' : '='}${shown(pattern)}`,
  number: ({ field, value }) => `${field.name}=#${value}`,
  boolean: ({ field, value }) => `${field.name}=${value}`,
  null: ({ field }) => `null(${field.name})`,
  blank: ({ field }) => `blank(${field.name})`,
  exists: ({ field }) => `exists(${field.name})`,
  comparison: ({ field, operator, value }) => `${field.name} ${operator} ${value}`,
  regex: ({ field, source, flags }) => `${field.name}~/${source}/${flagsOf(flags)}`,
  cidr: ({ field, network, version }) => `${field.name} in v${version} ${network}`,
  field: ({ field, other, test }) => `${field.name} ${test} ${other.name}`,
  'time-part': ({ field, part, value }) => `${part}(${field.name})=${value}`,
  keyword: ({ pattern }) => shown(pattern),
  'keyword-regex': ({ source, flags }) => `/${source}/${flagsOf(flags)}`,
};

function shown(pattern: Extract<Predicate, { kind: 'string' }>['pattern']): string {
  const parts = pattern.map((part) => {
    if (typeof part === 'string') return JSON.stringify(part);
    return part.kind === 'any-run' ? '*' : '?';
  });
  return parts.join('') || '""';
}

function flagsOf(flags: { ignoreCase: boolean; multiline: boolean; dotAll: boolean }): string {
  return `${flags.ignoreCase ? 'i' : ''}${flags.multiline ? 'm' : ''}${flags.dotAll ? 's' : ''}`;
}

function meaning(detection: string): string {
  const rule = lowered(detection);
  if (!rule.ok) throw new Error(rule.diagnostics[0]!.message);
  if (rule.value.kind !== 'detection') throw new Error('not a detection');
  return fold(rule.value.predicate, notation);
}

test.each([
  ['F: abc', 'F="abc"'],
  ['F: Abc*', 'F="Abc"*'],
  ['F: [a, b]', 'or(F="a" F="b")'],
  ['F|contains|all: [a, b]', 'and(F=*"a"* F=*"b"*)'],
  ['F|cased: a', 'F==="a"'],
  ['F|neq: [a, b]', 'not(or(F="a" F="b"))'],
  ['F|contains: "*a*"', 'F=*"a"*'],
  ['F: 0x1F', 'F=#31'],
  ['F: 1.50', 'F=#1.5'],
  ['F: true', 'F=true'],
  ['F: null', 'null(F)'],
  ["F: ''", 'F=""'],
  ['F|exists: false', 'not(exists(F))'],
  ['F|gt: -1.50', 'F gt -1.5'],
  ['F|re: (?is)a', 'F~/a/is'],
  ['F|re|m: (?i)a', 'F~/a/im'],
  ['F|re: a(?i)b', 'F~/a(?i)b/'],
  ['F|re|startswith: a|b', 'F~/\\A(?:a|b)/'],
  ['F|cidr: 10.0.0.0/8', 'F in v4 10.0.0.0/8'],
  ["F|cidr: 'FE80:0::/10'", 'F in v6 fe80::/10'],
  ['F|fieldref|endswith: G', 'F endswith G'],
  ['F|hour: 5', 'hour(F)=5'],
  ['F|base64offset|contains: http', 'or(F=*"aHR0c"* F=*"h0dH"* F=*"odHRw"*)'],
  ["F|windash: '-a'", 'or(F="-a" F="/a" F="–a" F="—a" F="―a")'],
  ["F|windash: '/a'", 'or(F="/a" F="-a" F="–a" F="—a" F="―a")'],
  [
    "F|contains|all|windash: ['-a', 'b']",
    'and(or(F=*"-a"* F=*"/a"* F=*"–a"* F=*"—a"* F=*"―a"*) F=*"b"*)',
  ],
  ["'|all': [a, 5]", 'and(*"a"* *"5"*)'],
  ["'|re': a", '/a/'],
])('%s is %s', (item, expected) => {
  expect(meaning(`  s:\n    ${item}\n  condition: s`)).toBe(expected);
});

test('connectives of one kind are one, across selections', () => {
  const detection = '  a: { A: 1, B: 2 }\n  b: { C: 3 }\n  condition: a and b';
  expect(meaning(detection)).toBe('and(A=#1 B=#2 C=#3)');
});

test('an atom knows the value that it came from', () => {
  const rule = lowered('  s:\n    F:\n      - abc\n      - def\n  condition: s');
  if (!rule.ok || rule.value.kind !== 'detection') throw new Error('not lowered');
  const { predicate } = rule.value;
  if (predicate.kind !== 'or') throw new Error('no list');
  const texts = predicate.operands.map(({ origin }) =>
    origin.source.text.slice(origin.start, origin.end),
  );
  expect(texts).toEqual(['abc', 'def']);
});

/** Code, marked text, message and help of every problem. */
function problems(item: string): readonly string[] {
  const rule = lowered(`  s:\n    ${item}\n  condition: s`);
  return rule.diagnostics.map(
    ({ code, span, message, help }) =>
      `${code} [${span!.source.text.slice(span!.start, span!.end)}] ${message}${help === undefined ? '' : ` -> ${help}`}`,
  );
}

test.each([
  [
    'F|contians: a',
    "modifier/unknown [contians] there is no modifier 'contians' -> did you mean 'contains'?",
  ],
  ['F|cased|cased: a', "modifier/repeated [cased] 'cased' stands twice on one item"],
  [
    'F|contains: 5',
    "modifier/wrong-value [contains] 'contains' takes a string, a regular expression or a reference to a field, not a number -> put the value in quotes to treat it as text",
  ],
  [
    "F|gt: '5'",
    "modifier/wrong-value [gt] 'gt' takes a number, not a string -> write the number without quotes",
  ],
  [
    "F|exists: 'yes'",
    "modifier/wrong-value [exists] 'exists' takes a boolean, not a string -> write true or false without quotes",
  ],
  [
    'F|i: a',
    "modifier/wrong-value [i] 'i' takes a regular expression, not a string -> write re before i",
  ],
  [
    'F|wide|contains: a',
    "modifier/wrong-value [contains] 'contains' takes a string, a regular expression or a reference to a field, not the bytes of a UTF-16 text -> write base64 or base64offset before contains",
  ],
  [
    'F|contains: null',
    "modifier/wrong-value [contains] 'contains' takes a string, a regular expression or a reference to a field, not null -> to ask for a missing field, write null without a modifier",
  ],
  [
    'F|re|base64: a',
    "modifier/wrong-value [base64] 'base64' takes a string or the bytes of a UTF-16 text, not a regular expression -> say it in the expression itself",
  ],
  [
    'F|contains|re: a',
    "modifier/not-first [re] 're' must be the first modifier, but follows 'contains' -> write re before contains",
  ],
  [
    'F|hour|gte: 5',
    "modifier/not-first [gte] 'gte' must be the first modifier, but follows 'hour' -> a part of a date equals a number: list the numbers instead",
  ],
  [
    'F|gt|lt: 5',
    "modifier/not-first [lt] 'lt' must be the first modifier, but follows 'gt' -> write a range as two items of one map, such as `F|gt: 1` and `F|lt: 9`",
  ],
  [
    'F|contains|all: a',
    "modifier/single-value [all] 'all' needs a list of values -> leave all out, or write a list",
  ],
  [
    'F|exists|neq: true',
    "modifier/combination [neq] 'exists' and 'neq' do not go together: exists stands alone -> write `exists: false` for a field that is missing",
  ],
  [
    'F|re|cased: a',
    "modifier/combination [cased] 'cased' and 're' do not go together: a regular expression is case-sensitive already -> leave cased out",
  ],
  ["'|gt': 5", "modifier/needs-field [gt] 'gt' needs a field"],
  [
    'F|wide: a',
    "modifier/unfinished-bytes [wide] 'wide' gives bytes, which no field holds as text -> write wide|base64offset|contains",
  ],
  [
    "F|base64: 'a*'",
    "modifier/wildcard [a*] 'base64' cannot encode a wildcard -> escape a literal * with a backslash; write contains, startswith or endswith behind base64",
  ],
  [
    'F|base64offset: a',
    "modifier/too-short [a] 'base64offset' has nothing left of 'a' in some of its three positions",
  ],
  [
    'F|cidr: 10.0.0.1/8',
    "modifier/bad-network [10.0.0.1/8] '10.0.0.1/8' is no network: bits behind the prefix are set -> did you mean 10.0.0.0/8?",
  ],
  [
    'F|cidr: 10.0.0.1',
    "modifier/bad-network [10.0.0.1] '10.0.0.1' is no network: the prefix length is missing -> write 10.0.0.1/32",
  ],
  ['F|hour: 24', "modifier/out-of-range [24] 'hour' takes a whole number from 0 to 23, not 24"],
  [
    "F|expand: 'a%x%'",
    'modifier/unhandled-placeholder [a%x%] nothing says what the placeholder %x% stands for -> give it values with a pipeline (`value_placeholders` and `vars`), or drop the line there',
  ],
  [
    'F|re: a(?=b)',
    'regex/unsupported [a(?=b)] a regular expression cannot have the look-ahead (?=: it has no linear-time matching',
  ],
])('%s is refused with its place and what to do', (item, problem) => {
  expect(problems(item)).toEqual([problem]);
});

test('every problem of a rule is told at once', () => {
  const rule = lowered('  s:\n    F|gt: a\n    G|re: "("\n  t:\n    H|foo: 1\n  condition: s or t');
  expect(rule.diagnostics.map(({ code }) => code)).toEqual([
    'modifier/wrong-value',
    'regex/invalid',
    'modifier/unknown',
  ]);
});
