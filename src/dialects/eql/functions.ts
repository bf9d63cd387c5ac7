import { foldCase, type Scalar } from '../elastic/scalar.js';

/** What a value is before the query runs; `number` is whole or not as it comes. */
export type ValueType =
  'string' | 'integer' | 'double' | 'number' | 'boolean' | 'date' | 'ip' | 'version' | 'null';

/** `text` takes what has a text, and gives that to the function; `base` is a constant integer or null. */
export type Parameter = 'string' | 'integer' | 'base' | 'boolean' | 'text';

/** A function of EQL. Arguments are never null, but for `base`: a null argument makes the result null. */
export interface EqlFunction {
  /** As the reference writes it. */
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** How many of the parameters must be given. */
  readonly required: number;
  /** Whether the last parameter repeats. */
  readonly variadic?: boolean;
  /** Whether `name~` ignores case. */
  readonly tilde?: boolean;
  readonly result: ValueType;
  /** Whether a result of the type `number` is an integer, not a double. */
  readonly isWhole?: (values: readonly (Scalar | null)[]) => boolean;
  readonly run: (
    values: readonly (Scalar | null)[],
    ignoreCase: boolean,
    fail: (reason: string) => null,
  ) => Scalar | null;
}

function text(name: string, parameters: readonly Parameter[], required: number) {
  return { name, parameters, required };
}

const all: readonly EqlFunction[] = [
  {
    ...text('between', ['string', 'string', 'string', 'boolean'], 3),
    tilde: true,
    result: 'string',
    run: ([source, left, right, greedy], ignoreCase) => {
      const whole = source as string;
      const [searched, opening, closing] = folded([source, left, right], ignoreCase);
      const open = searched.indexOf(opening);
      if (open < 0) return '';
      const start = open + opening.length;
      const end =
        greedy === true ? searched.lastIndexOf(closing) : searched.indexOf(closing, start);
      return end < start ? '' : whole.slice(start, end);
    },
  },
  {
    ...text('concat', ['text'], 1),
    variadic: true,
    result: 'string',
    run: (values) => values.join(''),
  },
  {
    ...text('endsWith', ['string', 'string'], 2),
    tilde: true,
    result: 'boolean',
    run: (values, ignoreCase) => {
      const [source, end] = folded(values, ignoreCase);
      return source.endsWith(end);
    },
  },
  {
    ...text('indexOf', ['string', 'string', 'integer'], 2),
    tilde: true,
    result: 'integer',
    run: (values, ignoreCase) => {
      const [source, part] = folded(values, ignoreCase);
      const start = Number(values[2] ?? 0);
      const found = start > source.length ? -1 : source.indexOf(part, start);
      return found < 0 ? null : found;
    },
  },
  {
    ...text('length', ['string'], 1),
    result: 'integer',
    run: ([source]) => (source as string).length,
  },
  {
    ...text('number', ['string', 'base'], 1),
    result: 'number',
    isWhole: ([source, base]) =>
      typeof base === 'number' || /^[+-]?\d+$|^\s*0x/.test(source as string),
    run: ([source, base = null], _, fail) => {
      const digits = (source as string).trim();
      const hexadecimal = digits.startsWith('0x') && (base === null || base === 16);
      const number =
        base === null && !hexadecimal
          ? decimal(digits)
          : integer(hexadecimal ? digits.slice(2) : digits, Number(base ?? 16));
      return number ?? fail(`'${digits}' is no number that can be read exactly`);
    },
  },
  {
    ...text('startsWith', ['string', 'string'], 2),
    tilde: true,
    result: 'boolean',
    run: (values, ignoreCase) => {
      const [source, start] = folded(values, ignoreCase);
      return source.startsWith(start);
    },
  },
  {
    ...text('string', ['text'], 1),
    result: 'string',
    run: ([value]) => value!,
  },
  {
    ...text('stringContains', ['string', 'string'], 2),
    tilde: true,
    result: 'boolean',
    run: (values, ignoreCase) => {
      const [source, part] = folded(values, ignoreCase);
      return part !== '' && source.includes(part);
    },
  },
  {
    ...text('substring', ['string', 'integer', 'integer'], 2),
    result: 'string',
    run: ([source, start, end]) =>
      (source as string).slice(Number(start), end as number | undefined),
  },
];

const byName = new Map(all.map((each) => [each.name.toLowerCase(), each]));

/** The functions that are only conditions and take constants: the compiler knows them. */
const conditions = new Set(['wildcard', 'cidrmatch']);

/** The functions that are other names of operators. */
export const arithmeticFunctions: Readonly<Record<string, '+' | '-' | '*' | '/' | '%'>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
};

/** A function by its name, in any case. */
export function findFunction(name: string): EqlFunction | undefined {
  return byName.get(name.toLowerCase());
}

/** Whether a call of this function is a condition. */
export function isConditionFunction(name: string): boolean {
  return isOnlyCondition(name) || findFunction(name)?.result === 'boolean';
}

/** Whether a call of this function is a condition and no value. */
export function isOnlyCondition(name: string): boolean {
  return conditions.has(name.toLowerCase());
}

/** The names to choose from in a suggestion. */
export const functionNames: readonly string[] = [
  ...all.map(({ name }) => name),
  'wildcard',
  'cidrMatch',
  ...Object.keys(arithmeticFunctions),
];

function folded(values: readonly (Scalar | null | undefined)[], ignoreCase: boolean) {
  return values.map((value) =>
    ignoreCase && typeof value === 'string' ? foldCase(value) : value,
  ) as [string, string, string];
}

function decimal(digits: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return null;
  const number = Number(digits);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? null : number;
}

function integer(digits: string, base: number): number | null {
  const valid = base >= 2 && base <= 36 && /^[+-]?[0-9a-z]+$/i.test(digits);
  const fits =
    valid && Array.from(digits.replace(/^[+-]/, '')).every((digit) => parseInt(digit, 36) < base);
  const number = fits ? parseInt(digits, base) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}
