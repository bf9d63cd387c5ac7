import { diagnostic } from '../../diagnostics/index.js';
import { skipSpace, take, word, type Parsed, type Scanner, type Word } from './scanner.js';

/** An argument of the form `name=value`. */
export interface Option {
  readonly name: string;
  readonly value: Word;
}

/** Takes `name=` if it comes next, and gives the name in lower case. */
export function optionName(scanner: Scanner): string | undefined {
  const start = scanner.at;
  const pattern = /\s*([A-Za-z_]+)\s*=/y;
  pattern.lastIndex = start;
  const found = pattern.exec(scanner.text);
  if (!found) return undefined;
  scanner.at = start + found[0].length;
  return found[1]!.toLowerCase();
}

/** The options that stand here, each one of `known`. */
export function options(
  scanner: Scanner,
  command: string,
  known: readonly string[],
): Parsed<ReadonlyMap<string, Word>> {
  const found = new Map<string, Word>();
  for (;;) {
    skipSpace(scanner);
    const start = scanner.at;
    const name = optionName(scanner);
    if (name === undefined) return found;
    if (!known.includes(name)) return unknownOption(scanner, command, name, start);
    const value = word(scanner, `a value of ${name}`);
    if (!value) return null;
    found.set(name, value);
    take(scanner, ',');
  }
}

export function unknownOption(
  scanner: Scanner,
  command: string,
  option: string,
  start: number,
): null {
  const span = scanner.span(start, scanner.at);
  return scanner.report(diagnostic('spl/unknown-option', span, { command, option }));
}

/** Reports a value that an option cannot take. */
export function wrongValue(
  scanner: Scanner,
  option: string,
  expected: string,
  { text, span }: Word,
): null {
  return scanner.report(
    diagnostic('spl/option-value', span, { option, expected, found: text || 'nothing' }),
  );
}

/** A Boolean option: `t`, `true` or `1`, and `f`, `false` or `0`. */
export function booleanOption(
  scanner: Scanner,
  found: ReadonlyMap<string, Word>,
  name: string,
  otherwise: boolean,
): Parsed<boolean> {
  const value = found.get(name);
  if (!value) return otherwise;
  if (/^(?:t|true|1)$/i.test(value.text)) return true;
  if (/^(?:f|false|0)$/i.test(value.text)) return false;
  return wrongValue(scanner, name, 'true or false', value);
}

/** An option that counts something, from 0. */
export function countOption(
  scanner: Scanner,
  found: ReadonlyMap<string, Word>,
  name: string,
  otherwise: number,
  most = Number.MAX_SAFE_INTEGER,
): Parsed<number> {
  const value = found.get(name);
  if (!value) return otherwise;
  const count = /^\d+$/.test(value.text) ? Number(value.text) : Infinity;
  if (count <= most) return count;
  return wrongValue(scanner, name, `a whole number up to ${most}`, value);
}
