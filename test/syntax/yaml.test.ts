import { expect, test } from 'vitest';
import { entryOf, readYaml, toJson, type Yaml } from '../../src/syntax/index.js';

function trees(text: string): readonly Yaml[] {
  const result = readYaml({ name: 'x.yml', text });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('; '));
  return result.value;
}

function json(text: string): unknown {
  return toJson(trees(text)[0]!);
}

function codes(text: string): readonly string[] {
  return readYaml({ name: 'x.yml', text }).diagnostics.map(({ code }) => code);
}

function valueOf(text: string): Yaml {
  const tree = trees(text)[0]!;
  if (tree.kind !== 'map') throw new Error('not a map');
  return entryOf(tree, 'key')!.value;
}

function textAt(text: string): string {
  const { start, end } = valueOf(text).span;
  return text.slice(start, end);
}

test.each([
  ['~', null],
  ['null', null],
  ['NULL', null],
  ['', null],
  ['true', true],
  ['FALSE', false],
  ['yes', 'yes'],
  ['off', 'off'],
  ['12', 12],
  ['-12', -12],
  ['+12', 12],
  ['0777', 777],
  ['0o17', 15],
  ['0x1F', 31],
  ['0b11', '0b11'],
  ['1_000', '1_000'],
  ['1e3', 1000],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['1:30', '1:30'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.nan', NaN],
  ['1e999', '1e999'],
  ['2024-01-01', '2024-01-01'],
  ["'12'", '12'],
  ['"true"', 'true'],
  ['!!str 12', '12'],
  ['! 12', '12'],
  ['!!int "12"', 12],
])('the scalar %s is read as YAML 1.2 reads it', (written, value) => {
  expect(json(`key: ${written}`)).toEqual({ key: value });
});

test('numbers keep their digits', () => {
  expect(valueOf('key: 12345678901234567890')).toMatchObject({ raw: '12345678901234567890' });
});

test('keys are text, whatever they look like', () => {
  expect(json('1: a\ntrue: b\n~: c\n')).toEqual({ '1': 'a', true: 'b', '~': 'c' });
});

test('a key named __proto__ is only a key', () => {
  const value = json('__proto__: { polluted: true }\nconstructor: x\n') as object;
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each([
  ['key: plain text # comment', 'plain text'],
  ["key: 'it''s'", "it''s"],
  ['key: "a\\tb"', 'a\\tb'],
  ['key: |\n  one\n  two\n\nnext: 1', 'one\n  two'],
  ['key: >-\n  one\n\n  two\nnext: 1', 'one\n\n  two'],
  ['\uFEFFkey: after a byte order mark', 'after a byte order mark'],
  ['key: [a, b]', '[a, b'],
  ['key:\n  - a\n  - b\nnext: 1', '- a\n  - b'],
  ['key: &anchor value', 'value'],
  ['key:', ''],
])('the span of %j is %j', (text, expected) => {
  expect(textAt(text)).toBe(expected);
});

test('aliases and merge keys are written out', () => {
  const text = 'base: &b { x: 1, y: 2 }\nlist: &l [1]\nsame: *l\nkey: { <<: *b, y: 3 }\n';
  expect(json(text)).toMatchObject({ same: [1], key: { y: 3, x: 1 } });
  expect(json('a: &a { x: 1 }\nb: &b { x: 2, y: 3 }\nkey: { <<: [*a, *b] }')).toMatchObject({
    key: { x: 1, y: 3 },
  });
  expect(json("'<<': 1")).toEqual({ '<<': 1 });
});

test('the second of two equal keys is the error', () => {
  const text = 'a: 1\nb:\n  c: 1\n  c: 2\n';
  const { diagnostics } = readYaml({ name: 'x.yml', text });
  expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
    ['yaml/duplicate-key', text.lastIndexOf('c')],
  ]);
});

test.each([
  ['a: [1', 'yaml/syntax'],
  ["a: 'b", 'yaml/syntax'],
  ['a: b: c', 'yaml/syntax'],
  ['a:\n\t- b', 'yaml/tab'],
  [`a: ${'['.repeat(101)}`, 'yaml/too-deep'],
  ['a: \0', 'yaml/not-text'],
  ['a: \uD800', 'yaml/not-text'],
  ['a: *b', 'yaml/unknown-anchor'],
  ['a: &a [*a]', 'yaml/recursive-alias'],
  ['[a]: b', 'yaml/complex-key'],
  ['a: !!binary aGk=', 'yaml/unknown-tag'],
])('%j is refused with %s', (text, code) => {
  expect(codes(text)).toEqual([code]);
});

test('a text that is too large is refused', () => {
  expect(codes(`a: ${'x'.repeat(16_000_000)}`)).toEqual(['yaml/too-large']);
});

test('aliases of aliases are bounded in number and in depth', () => {
  const level = (name: string, of: string): string =>
    `${name}: &${name} [${`*${of}, `.repeat(10)}]\n`;
  const laughs = 'a: &a [x]\n' + level('b', 'a') + level('c', 'b') + level('d', 'c');
  expect(codes(laughs)).toEqual([]);
  expect(codes(laughs + level('e', 'd') + level('f', 'e'))).toEqual(['yaml/too-many-aliases']);
  const chain = Array.from(
    { length: 120 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]\n`,
  );
  expect(codes(`a0: &a0 [x]\n${chain.join('')}`)).toContain('yaml/too-deep');
});

test('all errors of all documents are found, and each points into the file', () => {
  const text = 'a: 1\n---\nb: [\n---\nc: 1\nc: 2\n---\nd: "x\n';
  const { diagnostics } = readYaml({ name: 'x.yml', text });
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'yaml/syntax',
    'yaml/duplicate-key',
    'yaml/syntax',
  ]);
  expect(diagnostics[1]?.span?.start).toBe(text.indexOf('c: 2'));
});

test('a document that is not text does not hide the others', () => {
  expect(codes('a: \uFFFD\n---\nb: 1\nb: 2\n')).toEqual(['yaml/not-text', 'yaml/duplicate-key']);
});

test('a great many errors are only many errors', () => {
  expect(codes('a: 1\n'.repeat(150_001))).toHaveLength(150_000);
});

test('nothing is no document', () => {
  expect(trees('')).toEqual([]);
  expect(trees('# only a remark\n')).toEqual([]);
});
