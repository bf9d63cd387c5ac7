import type { Json } from '../contract.js';
import { isTyped, typedText, type Dynamic } from './value.js';

/** A dynamic value of JSON that was read already; `text` says what a string stands for. */
export function dynamicOf(json: Json, text: (value: string) => Dynamic = itself): Dynamic {
  if (json === null || typeof json === 'boolean') return json;
  if (typeof json === 'string') return text(json);
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return (json as readonly Json[]).map((each) => dynamicOf(each, text));
  return new Map(Object.entries(json).map(([name, each]) => [name, dynamicOf(each, text)]));
}

const itself = (value: string) => value;

/** Stands before the digits of an integer that JSON would round; no text that is read has it. */
const integerMark = '\u0000';

/** Strings, which pass, and integers that a double may not hold. */
const longIntegers = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** Reads JSON text; integers stay exact. Undefined if it is none. */
export function parseJson(text: string): Dynamic | undefined {
  const marks = /\d{16}/.test(text) && !text.includes('\\u0000');
  try {
    if (!marks) return dynamicOf(JSON.parse(text) as Json);
    const marked = text.replace(longIntegers, (token) =>
      token.startsWith('"') ? token : `"\\u0000${token}"`,
    );
    return dynamicOf(JSON.parse(marked) as Json, (value) =>
      value.startsWith(integerMark) ? BigInt(value.slice(1)) : value,
    );
  } catch {
    return undefined;
  }
}

/** JSON text without spaces, as `tostring()` prints dynamic values; "" for null. */
export function dynamicText(value: Dynamic): string {
  if (value === null) return '';
  if (isTyped(value)) return typedText(value);
  return typeof value === 'string' ? value : jsonText(value);
}

/** JSON text without spaces. */
export function jsonText(value: Dynamic): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return realText(value);
  if (typeof value !== 'object') return value.toString();
  if (isTyped(value)) return JSON.stringify(typedText(value));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  const bag = value as ReadonlyMap<string, Dynamic>;
  return `{${[...bag].map(([name, each]) => `${JSON.stringify(name)}:${jsonText(each)}`).join(',')}}`;
}

/** A real as Kusto prints it: whole numbers keep their `.0`. */
export function realText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = value.toString();
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** The dynamic value as JSON; an integer that a double cannot hold becomes text. */
export function jsonOf(value: Dynamic): Json {
  if (typeof value === 'bigint') return integerJson(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : realText(value);
  if (value === null || typeof value !== 'object') return value;
  if (isTyped(value)) return typedText(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  const bag = value as ReadonlyMap<string, Dynamic>;
  return Object.fromEntries([...bag].map(([name, each]) => [name, jsonOf(each)]));
}

/** An integer as JSON: beyond 2^53 it is text. */
export function integerJson(value: bigint): Json {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
