import { compilePcre } from '../pcre.js';
import { boundedText, numberOf, scalarOf, textOf, type Value } from '../value.js';
import { eachValue, literalText, type Definition } from './definition.js';

export const textFunctions: Readonly<Record<string, Definition>> = {
  lower: eachValue(1, 1, (value) => textOf(value).toLowerCase()),
  upper: eachValue(1, 1, (value) => textOf(value).toUpperCase()),
  trim: eachValue(1, 1, (value) => textOf(value).replace(/^[ \t]+|[ \t]+$/g, '')),
  /** Counts code points. */
  len: eachValue(1, 1, (value) => Array.from(textOf(value)).length),
  /** Counts from 1, and from the end where negative. */
  substr: eachValue(2, 3, (value, from, length) => {
    const start = numberOf(from);
    const count = length === undefined ? Infinity : numberOf(length);
    if (start === undefined || count === undefined) return undefined;
    const characters = Array.from(textOf(value));
    const first = Math.max(0, start < 0 ? characters.length + start : start - 1);
    return characters.slice(first, first + Math.max(0, count)).join('');
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
    arity: [1, 1],
    build: ([argument]) => ({
      isCondition: false,
      evaluate: (row) => written(argument!.evaluate(row)),
    }),
  },
  /** NULL where the text is not a number of the base, 10 unless given. */
  tonumber: eachValue(1, 2, (value, base) => {
    if (base === undefined) return numberOf(value);
    const radix = numberOf(base);
    const number = radix === undefined ? NaN : parseInt(textOf(value), radix);
    return isOfBase(textOf(value), radix ?? 0) && !Number.isNaN(number) ? number : undefined;
  }),
};

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
