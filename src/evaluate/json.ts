import { diagnostic, type Diagnostic, type SourceFile } from '../diagnostics/index.js';
import { canonicalDecimal } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { numberText } from './text.js';

const maxDepth = 200;
const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Where the reader stands. The first problem ends the reading. */
export interface JsonReader {
  readonly source: SourceFile;
  at: number;
  problem?: Diagnostic;
}

/** Reads one value of RFC 8259. A number that no double holds stays its decimal text. */
export function readValue(reader: JsonReader, depth = 0): Json {
  if (depth > maxDepth) return stop(reader, 'the value nests too deeply');
  skipSpace(reader);
  switch (reader.source.text[reader.at]) {
    case '{':
      return readObject(reader, depth);
    case '[':
      return readList(reader, depth);
    case '"':
      return readString(reader);
    default:
      return readScalar(reader);
  }
}

/** Whether nothing but white space is left. */
export function atEnd(reader: JsonReader): boolean {
  skipSpace(reader);
  return reader.at === reader.source.text.length;
}

function skipSpace(reader: JsonReader): void {
  take(reader, space);
}

function stop(reader: JsonReader, reason: string): null {
  const { source, at } = reader;
  const span = { source, start: at, end: Math.min(at + 1, source.text.length) };
  reader.problem ??= diagnostic('evaluate/bad-json', span, { reason });
  reader.at = source.text.length;
  return null;
}

function take(reader: JsonReader, expression: RegExp): string | undefined {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.source.text)?.[0];
  reader.at += found?.length ?? 0;
  return found;
}

/** Reads punctuation if it is there. */
function takeChar(reader: JsonReader, char: string): boolean {
  skipSpace(reader);
  const found = reader.source.text[reader.at] === char;
  if (found) reader.at++;
  return found;
}

function readObject(reader: JsonReader, depth: number): Json {
  const object: Record<string, Json> = {};
  reader.at++;
  if (takeChar(reader, '}')) return object;
  do {
    skipSpace(reader);
    if (reader.source.text[reader.at] !== '"') return stop(reader, 'expected a key in quotes');
    const key = readString(reader);
    if (!takeChar(reader, ':')) return stop(reader, 'expected a colon');
    const value = readValue(reader, depth + 1);
    // Assigning to this one name would change the object's prototype.
    if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
    else object[key] = value;
  } while (takeChar(reader, ','));
  return takeChar(reader, '}') ? object : stop(reader, 'expected a comma or }');
}

function readList(reader: JsonReader, depth: number): Json {
  const list: Json[] = [];
  reader.at++;
  if (takeChar(reader, ']')) return list;
  do list.push(readValue(reader, depth + 1));
  while (takeChar(reader, ','));
  return takeChar(reader, ']') ? list : stop(reader, 'expected a comma or ]');
}

function readString(reader: JsonReader): string {
  const { text } = reader.source;
  let value = '';
  reader.at++;
  for (;;) {
    value += take(reader, plain) ?? '';
    const char = text[reader.at++];
    if (char === '"') return value;
    if (char !== '\\') {
      reader.at--;
      stop(
        reader,
        char === undefined ? 'the string does not end' : 'a control character must be escaped',
      );
      return value;
    }
    value += readEscape(reader);
  }
}

function readEscape(reader: JsonReader): string {
  const letter = reader.source.text[reader.at] ?? '';
  const digits = reader.source.text.slice(reader.at + 1, reader.at + 5);
  if (letter === 'u' && /^[0-9A-Fa-f]{4}$/.test(digits)) {
    reader.at += 5;
    return String.fromCharCode(parseInt(digits, 16));
  }
  if (!Object.hasOwn(escapes, letter)) {
    stop(reader, 'not an escape of JSON');
    return '';
  }
  reader.at++;
  return escapes[letter]!;
}

function readScalar(reader: JsonReader): Json {
  const digits = take(reader, number);
  if (digits === undefined) {
    const name = take(reader, word);
    if (name === undefined) return stop(reader, 'expected a value');
    return name === 'null' ? null : name === 'true';
  }
  const value = Number(digits);
  if (!Number.isFinite(value)) return digits;
  if (digits.length < 16) return value;
  const exact = canonicalDecimal(digits);
  return exact === undefined || exact === numberText(value) ? value : exact;
}
