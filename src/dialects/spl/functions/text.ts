import { compilePcre } from '../pcre.js';
import { boundedText, numberOf, scalarOf, textOf, type Value } from '../value.js';
import { eachValue, literalText, wrongArgument, type Definition } from './definition.js';

export const textFunctions: Readonly<Record<string, Definition>> = {
  lower: eachValue(1, 1, (value) => textOf(value).toLowerCase()),
  upper: eachValue(1, 1, (value) => textOf(value).toUpperCase()),
  trim: trimming(true, true),
  ltrim: trimming(true, false),
  rtrim: trimming(false, true),
  /** Counts code points. */
  len: eachValue(1, 1, (value) => Array.from(textOf(value)).length),
  /** As SQLite: counts from 1, from the end where negative; a negative length goes back. */
  substr: eachValue(2, 3, (value, from, length) => {
    const start = numberOf(from);
    const count = length === undefined ? Infinity : numberOf(length);
    if (start === undefined || count === undefined) return undefined;
    const characters = Array.from(textOf(value));
    const place = start < 0 ? characters.length + start : start - 1;
    const [first, end] =
      count < 0 ? [Math.max(0, place) + count, Math.max(0, place)] : [place, place + count];
    return characters.slice(Math.max(0, first), Math.max(0, end)).join('');
  }),
  replace: {
    arity: [3, 3],
    build: (args, call) => {
      const source = literalText(args[1]!, call);
      const regex =
        source === null ? null : compilePcre(call.scanner, source, args[1]!.syntax.span);
      if (!regex) return null;
      return eachValue(2, 2, (value, replacement) => {
        const template = scalarOf(replacement);
        return template === undefined
          ? undefined
          : replaced(textOf(value), regex.matches(textOf(value)), textOf(template));
      }).build([args[0]!, args[2]!], call);
    },
  },
  tostring: {
    arity: [1, 2],
    build: ([argument, format], call) =>
      format
        ? wrongArgument(format, call, 'one argument, since formats are not supported,')
        : { isCondition: false, evaluate: (row) => written(argument!.evaluate(row)) },
  },
  /** NULL where the text is not a number of the base, 10 unless given. */
  tonumber: eachValue(1, 2, (value, base) => {
    const radix = base === undefined ? 10 : numberOf(base);
    if (radix === 10) return numberOf(value);
    const number = radix === undefined ? NaN : parseInt(textOf(value), radix);
    return isOfBase(textOf(value), radix ?? 0) && !Number.isNaN(number) ? number : undefined;
  }),
};

/** Takes characters off the ends: blanks and tabs, or those of a second text. */
function trimming(start: boolean, end: boolean): Definition {
  return eachValue(1, 2, (value, removed = ' \t') => {
    const set = scalarOf(removed);
    if (set === undefined) return undefined;
    const characters = Array.from(textOf(value));
    const isKept = (character: string): boolean => !textOf(set).includes(character);
    const first = start ? characters.findIndex(isKept) : 0;
    const last = end ? characters.findLastIndex(isKept) : characters.length - 1;
    return first < 0 ? '' : characters.slice(first, last + 1).join('');
  });
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz';

function isOfBase(text: string, base: number): boolean {
  const allowed = digits.slice(0, base);
  const body = text.toLowerCase().replace(/^[+-]/, '');
  return body !== '' && Array.from(body).every((digit) => allowed.includes(digit));
}

function written(value: Value): Value {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object'
    ? value.map(textOf)
    : value === undefined
      ? value
      : textOf(value);
}

/** `\0` to `\9` stand for groups; another character after a backslash stands for itself. */
function replaced(
  text: string,
  matches: readonly {
    readonly start: number;
    readonly end: number;
    readonly numbered: readonly (string | undefined)[];
  }[],
  template: string,
): string | undefined {
  let result = '';
  let from = 0;
  for (const { start, end, numbered } of matches) {
    const filled = template.replace(/\\([^])/g, (_, next: string) =>
      /\d/.test(next) ? (numbered[Number(next)] ?? '') : next,
    );
    result += text.slice(from, start) + filled;
    from = end;
    if (boundedText(result) === undefined) return undefined;
  }
  return boundedText(result + text.slice(from));
}
