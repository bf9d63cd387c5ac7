import { dynamicText } from '../dynamic.js';
import { constantText, type Expression } from '../scope.js';
import { of, unstated, type Call, type ScalarFunction } from './define.js';
import type { Dynamic, Value } from '../value.js';

/** Code points, in which Kusto counts. */
function points(text: string): readonly string[] {
  return Array.from(text);
}

/** @see https://learn.microsoft.com/kusto/query/substring-function */
function substring(call: Call): Expression | undefined {
  return of('string long long', (text: string, start: bigint, length?: bigint) => {
    const characters = points(text);
    const from = start < 0n ? characters.length + Number(start) : Number(start);
    if (from < 0) return unstated(call, 'substring() from before the start of a text');
    if (length !== undefined && length < 0n)
      return unstated(call, 'substring() of a negative length');
    const count = length === undefined ? characters.length : Number(length);
    return characters.slice(from, from + count).join('');
  })(call);
}

function split(call: Call): Expression | undefined {
  return of('string string long', (text: string, delimiter: string, requested?: bigint) => {
    if (delimiter === '') return unstated(call, 'split() by nothing');
    const parts = text.split(delimiter);
    return requested === undefined
      ? parts
      : parts.filter((_, index) => index === Number(requested));
  })(call);
}

/**
 * The place of the text, in code points; a negative start counts from the end.
 *
 * @see https://learn.microsoft.com/kusto/query/indexof-function
 */
function indexOf(call: Call): Expression | undefined {
  if (call.args.length > 3) return undefined;
  return of('string string long', (text: string, lookup: string, start = 0n) => {
    const characters = points(text);
    const from = start < 0n ? characters.length + Number(start) : Number(start);
    if (lookup === '' || from < 0)
      return unstated(call, 'indexof() of nothing, or from before the start of a text');
    const skipped = characters.slice(0, from).join('').length;
    const at = text.indexOf(lookup, skipped);
    return at < 0 ? -1n : BigInt(points(text.slice(0, at)).length);
  })(call);
}

/** Matches may overlap; `regex`, the third argument, is not run. */
function countOf(call: Call): Expression | undefined {
  if (call.args[2] && constantText(call.args[2]) !== 'normal') return undefined;
  return of('string string', (text: string, search: string) => {
    if (search === '') return unstated(call, 'countof() of nothing');
    let count = 0n;
    for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count++;
    return count;
  })({ ...call, args: call.args.slice(0, 2) });
}

/** At most 1,024 times. */
function repeated(call: Call): Expression | undefined {
  return of('string long string', (text: string, times: bigint, delimiter = '') => {
    if (times < 1n) return unstated(call, 'strrep() of less than one time');
    const length = times > 1024n ? 1024 : Number(times);
    return Array.from({ length }, () => text).join(delimiter);
  })(call);
}

function replaceString(call: Call): Expression | undefined {
  return of('string string string', (text: string, from: string, to: string) =>
    from === '' ? unstated(call, 'replacing nothing') : text.replaceAll(from, () => to),
  )(call);
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
  strrep: repeated,
  substring,
  split,
  indexof: indexOf,
  countof: countOf,
  replace_string: replaceString,
  reverse: of('string', (text: string) => [...points(text)].reverse().join('')),
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
