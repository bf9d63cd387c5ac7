import fc from 'fast-check';
import { expect, test } from 'vitest';
import { positionOf } from '../../src/diagnostics/index.js';
import { readEvents } from '../../src/evaluate/index.js';

function read(text: string) {
  return readEvents({ name: 'events.json', text });
}

function problemOf(text: string): string {
  const { ok, diagnostics } = read(text);
  if (ok) return 'no problem';
  const { code, message, span } = diagnostics[0]!;
  const { line, column } = positionOf(span!.source, span!.start);
  return `${line}:${column} ${code} ${message}`;
}

test.each([
  ['one a line', '{"a":1}\n{"a":2}\n'],
  ['with Windows line breaks', '{"a":1}\r\n{"a":2}'],
  ['with empty lines and a byte order mark', '\uFEFF\n{"a":1}\n\n\n{"a":2}\n\n'],
  ['over several lines', '{\n  "a": 1\n}\n{\n  "a": 2\n}'],
  ['one after the other', '{"a":1}{"a":2}'],
  ['in a list', '[{"a":1},\n {"a":2}]'],
  ['in several lists', '[{"a":1}] [{"a":2}]'],
])('events are read %s', (_, text) => {
  expect(read(text)).toEqual({ ok: true, value: [{ a: 1 }, { a: 2 }], diagnostics: [] });
});

test('values are what JSON.parse makes of them', () => {
  const text =
    '{"s":"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é😀","n":[0,-0,1.5,-2e3,1E-2],"b":[true,false,null],"o":{},"l":[[]]}';
  expect(read(text)).toEqual({ ok: true, value: [JSON.parse(text)], diagnostics: [] });
});

test('only u is followed by digits', () => {
  const found = read('{"a":"\\n0041"}');
  expect(found.ok && found.value).toEqual([{ a: '\n0041' }]);
});

test('a number that no double holds keeps all its digits, as text', () => {
  const text =
    '{"a":12345678901234567890,"b":9007199254740992,"c":0.12345678901234567891,"d":1e400}';
  const read_ = read(text);
  expect(read_.ok && read_.value).toEqual([
    { a: '12345678901234567890', b: 9007199254740992, c: '0.12345678901234567891', d: '1e400' },
  ]);
});

test('a key named __proto__ is a key like any other', () => {
  const events = read('{"__proto__":{"a":1}}');
  const event = events.ok ? events.value[0]! : {};
  expect(Object.keys(event)).toEqual(['__proto__']);
  expect(event['a']).toBeUndefined();
});

test.each([
  ['{"a":1}\n{"a":}', '2:6 evaluate/bad-json the events are no JSON: expected a value'],
  ['{"a" 1}', '1:6 evaluate/bad-json the events are no JSON: expected a colon'],
  ['{"a":1 "b":2}', '1:8 evaluate/bad-json the events are no JSON: expected a comma or }'],
  ['{"a":[1 2]}', '1:9 evaluate/bad-json the events are no JSON: expected a comma or ]'],
  ['{a:1}', '1:2 evaluate/bad-json the events are no JSON: expected a key in quotes'],
  ['{"a":1,}', '1:8 evaluate/bad-json the events are no JSON: expected a key in quotes'],
  ['{"a":"b', '1:8 evaluate/bad-json the events are no JSON: the string does not end'],
  ['{"a":"\\x"}', '1:8 evaluate/bad-json the events are no JSON: not an escape of JSON'],
  [
    '{"a":"\n"}',
    '1:7 evaluate/bad-json the events are no JSON: a control character must be escaped',
  ],
  ['{"a":01}', '1:7 evaluate/bad-json the events are no JSON: expected a comma or }'],
  ['{"a":nul}', '1:6 evaluate/bad-json the events are no JSON: expected a value'],
  ['5', '1:1 evaluate/not-an-event an event is a JSON object'],
  ['[{"a":1}, "b"]', '1:1 evaluate/not-an-event an event is a JSON object'],
  ['[[{"a":1}]]', '1:1 evaluate/not-an-event an event is a JSON object'],
])('%s is refused with its place', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test('nesting is bounded', () => {
  expect(problemOf(`{"a":${'['.repeat(100_000)}`)).toMatch(/nests too deeply/);
});

test('any JSON object is read as JSON.parse reads it, however it is laid out', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
  fc.assert(
    fc.property(fc.array(object), fc.constantFrom(undefined, 2), (objects, indent) => {
      const events = read(objects.map((each) => JSON.stringify(each, null, indent)).join('\n'));
      const expected = objects.map((each) => JSON.parse(JSON.stringify(each)) as object);
      expect(events.ok && events.value).toEqual(expected);
    }),
  );
});

test('a damaged object is accepted only if JSON.parse accepts it', () => {
  const text = '{"a":[1,-2.5e3,"x\\n",true,null],"b":{"c":""}}';
  const junk = fc.constantFrom(
    '',
    '"',
    '\\',
    ',',
    ':',
    '{',
    '}',
    '[',
    ']',
    '0',
    '-',
    '.',
    'e',
    't',
    ' ',
  );
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(2), junk, (at, removed, inserted) => {
      const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
      fc.pre(damaged.startsWith('{') && !/\}\s*[{[]/.test(damaged));
      expect(read(damaged).ok).toBe(isJson(damaged));
    }),
    { numRuns: 3000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
