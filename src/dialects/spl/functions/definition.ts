import { diagnostic, type Span } from '../../../diagnostics/index.js';
import { allOf, asValue, type Compiled } from '../compiled.js';
import type { Parsed, Scanner } from '../scanner.js';
import { fieldValue, valuesOf, type FieldValue, type Scalar, type Value } from '../value.js';

/** The call that is compiled. */
export interface Call {
  readonly scanner: Scanner;
  readonly name: string;
  readonly span: Span;
}

/** A function of eval and where. */
export interface Definition {
  /** The fewest and the most arguments. */
  readonly arity: readonly [least: number, most: number];
  /** What a call of it does; nothing where a problem was reported. */
  readonly build: (
    args: readonly Compiled[],
    call: Call,
  ) => Parsed<Pick<Compiled, 'evaluate' | 'isCondition'>>;
}

/** A function whose arguments and result are values. */
export function valueFunction(
  least: number,
  most: number,
  apply: (...values: readonly (FieldValue | undefined)[]) => Value,
  isCondition = false,
): Definition {
  return {
    arity: [least, most],
    build: (args, { scanner }) => {
      const readers = allOf(args.map((argument) => asValue(scanner, argument)));
      if (!readers) return null;
      return {
        isCondition,
        // eslint-disable-next-line no-restricted-syntax -- a call has no more arguments than its arity
        evaluate: (row) => apply(...readers.map((read) => read(row))),
      };
    },
  };
}

/** A function of one text; of several values it makes as many. */
export function eachValue(
  least: number,
  most: number,
  apply: (value: Scalar, ...rest: readonly (FieldValue | undefined)[]) => Scalar | undefined,
): Definition {
  return valueFunction(least, most, (first, ...rest) =>
    fieldValue(
      valuesOf(first)
        // eslint-disable-next-line no-restricted-syntax -- the same arguments
        .map((value) => apply(value, ...rest))
        .filter((value) => value !== undefined),
    ),
  );
}

/** The text of an argument that must be a literal. */
export function literalText(argument: Compiled, { scanner, name }: Call): Parsed<string> {
  if (argument.syntax.kind === 'text') return argument.syntax.value;
  return wrongArgument(argument, { scanner, name }, 'a quoted text');
}

export function wrongArgument(
  argument: Compiled,
  { scanner, name }: Pick<Call, 'scanner' | 'name'>,
  expected: string,
): null {
  return scanner.report(diagnostic('spl/wrong-argument', argument.syntax.span, { name, expected }));
}
