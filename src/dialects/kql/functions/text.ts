import { dynamicText } from '../dynamic.js';
import { of, type ScalarFunction } from './define.js';
import type { Dynamic, Value } from '../value.js';

/** Code points, in which Kusto counts. */
function points(text: string): readonly string[] {
  return Array.from(text);
}

function substring(text: string, start: bigint, length?: bigint): string {
  const characters = points(text);
  const from = Number(start) < 0 ? Math.max(0, characters.length + Number(start)) : Number(start);
  const count = length === undefined ? characters.length : Math.max(0, Number(length));
  return characters.slice(from, from + count).join('');
}

function split(text: string, delimiter: string, requested?: bigint): Dynamic {
  const parts = delimiter === '' ? points(text) : text.split(delimiter);
  if (requested === undefined) return parts;
  const part = parts[Number(requested)];
  return part === undefined ? [] : [part];
}

function indexOf(text: string, lookup: string, start = 0n): bigint {
  const at = text.indexOf(lookup, Number(start));
  return at < 0 ? -1n : BigInt(points(text.slice(0, at)).length);
}

function countOf(text: string, search: string): bigint {
  let count = 0n;
  for (let at = text.indexOf(search); search !== '' && at >= 0; at = text.indexOf(search, at + 1))
    count++;
  return count;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Bytes(text: string): readonly number[] | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
    return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const codes = Array.from(text.slice(at, at + 4), (each) => Math.max(0, base64.indexOf(each)));
    const bits = codes.reduce((all, code) => all * 64 + code, 0);
    const padding = /=*$/.exec(text.slice(at, at + 4))![0].length;
    const group = [bits >> 16, (bits >> 8) & 255, bits & 255];
    for (const byte of group.slice(0, 3 - padding)) bytes.push(byte);
  }
  return bytes;
}

function base64Decode(text: string): string {
  const bytes = base64Bytes(text);
  return bytes === undefined ? '' : fromUtf8(bytes);
}

/** "" if the bytes are no UTF-8. */
function fromUtf8(bytes: readonly number[]): string {
  try {
    return decodeURIComponent(
      bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  } catch {
    return '';
  }
}

function base64Encode(text: string): string {
  const bytes = Array.from(
    encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).matchAll(
      /%([\dA-F]{2})|([\s\S])/g,
    ),
    ([, hex, plain]) => (hex === undefined ? plain!.charCodeAt(0) : parseInt(hex, 16)),
  );
  let output = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    output += base64[bits >> 18]! + base64[(bits >> 12) & 63]!;
    output += second === undefined ? '=' : base64[(bits >> 6) & 63]!;
    output += third === undefined ? '=' : base64[bits & 63]!;
  }
  return output;
}

export const texts: Readonly<Record<string, ScalarFunction>> = {
  tolower: of('string', (text: string) => text.toLowerCase()),
  toupper: of('string', (text: string) => text.toUpperCase()),
  strlen: of('string', (text: string) => BigInt(points(text).length)),
  strcat: of('string', (...parts: string[]) => parts.join('')),
  strcat_delim: of('string', (delimiter: string, ...parts: string[]) => parts.join(delimiter)),
  strrep: of('string long string', (text: string, times: bigint, delimiter = '') =>
    Array.from({ length: Math.min(1024, Math.max(0, Number(times))) }, () => text).join(delimiter),
  ),
  substring: of('string long long', substring),
  split: of('string string long', split),
  indexof: (call) => (call.args.length > 3 ? undefined : of('string string long', indexOf)(call)),
  countof: (call) => (call.args.length > 2 ? undefined : of('string string', countOf)(call)),
  replace_string: of('string string string', (text: string, from: string, to: string) =>
    from === '' ? text : text.replaceAll(from, () => to),
  ),
  reverse: of('string', (text: string) => [...points(text)].reverse().join('')),
  trim_ws: of('string', (text: string) => text.trim()),
  strcmp: of('string string', (left: string, right: string) =>
    left < right ? -1n : left > right ? 1n : 0n,
  ),
  base64_decode_tostring: of('string', base64Decode),
  base64_decodestring: of('string', base64Decode),
  base64_encode_tostring: of('string', base64Encode),
  base64_encodestring: of('string', base64Encode),
  strcat_array: of('dynamic string', (list: Dynamic, delimiter: string): Value =>
    Array.isArray(list) ? (list as readonly Dynamic[]).map(dynamicText).join(delimiter) : '',
  ),
};
