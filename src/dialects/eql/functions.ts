import { foldCase, type Scalar } from '../elastic/scalar.js';

/** What a value is before the query runs; `number` is whole or not as it comes. */
export type ValueType =
  'string' | 'integer' | 'double' | 'number' | 'boolean' | 'date' | 'ip' | 'version' | 'null';

type Parameter = 'string' | 'number' | 'boolean' | 'any';

/** A function of EQL. Arguments are never null: a null argument makes the result null. */
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
  readonly run: (
    values: readonly Scalar[],
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
    ...text('concat', ['any'], 1),
    variadic: true,
    result: 'string',
    run: (values) => values.map(String).join(''),
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
    ...text('indexOf', ['string', 'string', 'number'], 2),
    tilde: true,
    result: 'integer',
    run: (values, ignoreCase) => {
      const [source, part] = folded(values, ignoreCase);
      const found = source.indexOf(part, Number(values[2] ?? 0));
      return found < 0 ? null : found;
    },
  },
  {
    ...text('length', ['string'], 1),
    result: 'integer',
    run: ([source]) => (source as string).length,
  },
  {
    ...text('number', ['string', 'number'], 1),
    result: 'number',
    run: ([source, base], _, fail) => {
      const digits = source as string;
      const hexadecimal = /^0x/i.test(digits) && (base === undefined || base === 16);
      const number =
        base === undefined && !hexadecimal
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
    ...text('string', ['any'], 1),
    result: 'string',
    run: ([value]) => String(value),
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
    ...text('substring', ['string', 'number', 'number'], 2),
    result: 'string',
    run: ([source, start, end]) =>
      (source as string).slice(Number(start), end as number | undefined),
  },
];

const byName = new Map(all.map((each) => [each.name.toLowerCase(), each]));

/** The functions that are conditions of their own and take constants: the compiler knows them. */
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
  return conditions.has(name.toLowerCase()) || findFunction(name)?.result === 'boolean';
}

/** The names to choose from in a suggestion. */
export const functionNames: readonly string[] = [
  ...all.map(({ name }) => name),
  'wildcard',
  'cidrMatch',
  ...Object.keys(arithmeticFunctions),
];

function folded(values: readonly (Scalar | undefined)[], ignoreCase: boolean) {
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
