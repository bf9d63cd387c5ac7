import type { Json } from '../syntax/index.js';
import {
  attribute,
  html,
  inline,
  macroFree,
  markdown,
  markdownCode,
  markless,
  marklessCode,
} from './encode-markup.js';
import { confLine, confName, oneLine } from './encode-conf.js';
import { printable } from './printable.js';

/** Words of ours to words of a platform (`tables` in format.yml). */
export type Tables = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Makes one text fit for its place; undefined if it never fits. */
type TextEncoder = (text: string) => string | undefined;

/** A value as a text. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Encoders of a text. Each says in its name where the text may then stand. */
const texts: Readonly<Record<string, TextEncoder>> = {
  html,
  attribute,
  markdown,
  'markdown-inline': inline,
  'markdown-code': markdownCode,
  macros: macroFree,
  'no-marks': markless,
  'code-without-marks': marklessCode,
  'conf-value': confLine,
  'conf-name': confName,
  'one-line': oneLine,
  plain: (text) => printable(text, ' '),
  // Alert templates of Sentinel and Defender read {{column}}, Splunk's actions read $token$.
  'no-placeholder': (text) => text.replace(/\{(?=\{)/g, '{ '),
  // Investigation guides of Elastic read !{plugin{…}}.
  'no-plugin': (text) => text.replaceAll('!{', '! {'),
  'no-token': (text) => text.replaceAll('$', '＄'),
  guid: must(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  word: must(/^[\w.-]+$/),
  heading: must(/^#{1,6}$/),
  'attack-id': must(/^(?:TA?|[SGCM]|DS)\d{4}(?:\.\d{3})?$/),
  /** A link to the web; a blank or bracket would end it in Markdown. */
  web: (text) =>
    /^https?:\/\/[^\s<>()"'`]+$/i.test(text) ? text.replaceAll('{', '%7B') : undefined,
  'day-month-year': (text) => text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3/$2/$1'),
  'short-id': (text) => text.slice(0, 8),
  slashes: (text) => text.replaceAll('-', '/'),
  'no-subtechnique': (text) => text.replace(/\..*$/, ''),
};

/** Encoders of a length of time in milliseconds. */
const times: Readonly<Record<string, (milliseconds: number) => string>> = {
  /** `1h`, `90m`, `14d`, as Sentinel's YAML, Elastic and Splunk read it. */
  short: (time) => {
    if (time % day === 0) return `${time / day}d`;
    return time % hour === 0 ? `${time / hour}h` : `${Math.ceil(time / minute)}m`;
  },
  iso: (time) =>
    time % day === 0 ? `P${time / day}D` : `PT${times['short']!(time).toUpperCase()}`,
  minutes: (time) => `${Math.ceil(time / minute)}m`,
  seconds: (time) => `${Math.ceil(time / 1000)}s`,
  /** A cron line, for a part of an hour or of a day. */
  cron: (time) => {
    if (time < hour) return `*/${Math.floor(time / minute)} * * * *`;
    if (time < day) return time === hour ? '0 * * * *' : `0 */${Math.floor(time / hour)} * * *`;
    return '0 0 * * *';
  },
};

/** Encoders that take a list as a whole; the others take each of its values. */
const wholeList = new Set(['join', 'json', 'list', 'listed', 'unique', 'flat']);

/** `name` or `name(argument)`, applied to a value; undefined, or a text that does not fit, is no value. */
export function encode(encoder: string, value: Json | undefined, tables: Tables): Json | undefined {
  const [, name, argument = ''] = /^([a-z-]+)(?:\((.*)\))?$/.exec(encoder) ?? [];
  if (name === undefined) throw new Error(`the encoder ${encoder} cannot be read`);
  if (value === undefined || value === null) return name === 'or' ? argument : undefined;
  if (Array.isArray(value) && !wholeList.has(name)) {
    return value.flatMap((each: Json) => encode(encoder, each, tables) ?? []);
  }
  switch (name) {
    case 'or':
      return value;
    case 'table': {
      const table = tables[argument];
      if (!table) throw new Error(`there is no table ${argument}`);
      return Object.hasOwn(table, textOf(value)) ? table[textOf(value)] : undefined;
    }
    case 'cut':
      return cut(textOf(value), Number(argument));
    case 'join':
      return (value as readonly Json[]).map(textOf).join(argument);
    case 'json':
      return JSON.stringify(value);
    case 'list':
      return [value];
    case 'listed':
      return Array.isArray(value)
        ? value.map((each) => `1. ${textOf(each as Json)}`).join('\n')
        : value;
    case 'unique':
      return [...new Set(value as readonly Json[])];
    case 'flat':
      return (value as readonly Json[]).flat();
    case 'epoch-seconds': {
      const time = Date.parse(value as string);
      return Number.isNaN(time) ? undefined : time / 1000;
    }
    case 'minutes-number':
      return Math.ceil((value as number) / minute);
    case 'off':
      return value === true ? '0' : '1';
    case 'number-text':
      return String(Number(value));
    case 'dotted':
      return `${textOf(value)}.0.0`;
    default:
      return Object.hasOwn(times, name)
        ? times[name]!(value as number)
        : Object.hasOwn(texts, name)
          ? texts[name]!(textOf(value))
          : unknown(name);
  }
}

function unknown(name: string): never {
  throw new Error(`there is no encoder ${name}`);
}

function must(pattern: RegExp): TextEncoder {
  return (text) => (pattern.test(text) ? text : undefined);
}

/** At most so many characters, whole code points, with an ellipsis where something is missing. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let kept = '';
  for (const char of text) {
    if (kept.length + char.length > length - 3) break;
    kept += char;
  }
  return `${kept.trimEnd()}...`;
}
