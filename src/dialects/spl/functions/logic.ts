import { diagnostic } from '../../../diagnostics/index.js';
import { compareScalars, numberOf, scalarOf, valuesOf, type Value } from '../value.js';
import type { Compiled } from '../compiled.js';
import { valueFunction, type Call, type Definition } from './definition.js';

type Functions = Readonly<Record<string, Definition>>;

export const logicFunctions: Functions = {
  if: {
    arity: [3, 3],
    build: ([test, then, otherwise], call) => choice([test!, then!, truth, otherwise!], call, true),
  },
  case: { arity: [2, Infinity], build: (args, call) => choice(args, call, true) },
  /** The value that belongs to the first condition that is false. */
  validate: { arity: [2, Infinity], build: (args, call) => choice(args, call, false) },
  true: { arity: [0, 0], build: () => ({ isCondition: true, evaluate: () => true }) },
  false: { arity: [0, 0], build: () => ({ isCondition: true, evaluate: () => false }) },
  null: valueFunction(0, 0, () => undefined),
  isnull: presence((value) => value === undefined),
  isnotnull: presence((value) => value !== undefined),
  isnum: presence((value) => numberOf(value) !== undefined),
  coalesce: valueFunction(1, Infinity, (...values) => values.find((value) => value !== undefined)),
  nullif: valueFunction(2, 2, (first, second) => {
    const [a, b] = [scalarOf(first), scalarOf(second)];
    return a !== undefined && b !== undefined && compareScalars(a, b) === 0 ? undefined : first;
  }),
  in: valueFunction(
    2,
    Infinity,
    (operand, ...candidates) => {
      const values = valuesOf(operand);
      if (values.length === 0) return undefined;
      const listed = candidates.flatMap(valuesOf);
      if (values.some((one) => listed.some((other) => compareScalars(one, other) === 0)))
        return true;
      return candidates.includes(undefined) ? undefined : false;
    },
    true,
  ),
};

const truth: Pick<Compiled, 'evaluate' | 'isCondition'> = {
  isCondition: true,
  evaluate: () => true,
};

/** A test of one argument that NULL passes or fails like any other value. */
function presence(test: (value: Value) => boolean): Definition {
  return {
    arity: [1, 1],
    build: ([argument]) => ({
      isCondition: true,
      evaluate: (row) => test(argument!.evaluate(row)),
    }),
  };
}

/** Pairs of condition and value; the first condition of the wanted truth decides, none gives NULL. */
function choice(
  args: readonly (Compiled | typeof truth)[],
  { scanner, name, span }: Call,
  wanted: boolean,
): ReturnType<Definition['build']> {
  if (args.length % 2 === 1) {
    const parameters = { name, expected: 'pairs of condition and value', found: args.length };
    return scanner.report(diagnostic('spl/wrong-arity', span, parameters));
  }
  const conditions = args.filter((_, at) => at % 2 === 0);
  const values = args.filter((_, at) => at % 2 === 1);
  const value = conditions.find(({ isCondition }) => !isCondition);
  if (value) {
    const place = 'syntax' in value ? value.syntax.span : span;
    return scanner.report(diagnostic('spl/not-boolean', place, {}));
  }
  return {
    isCondition: values.some(({ isCondition }) => isCondition),
    evaluate: (row) => {
      const at = conditions.findIndex(({ evaluate }) => evaluate(row) === wanted);
      return values[at]?.evaluate(row);
    },
  };
}
