import { diagnostic, type Span } from '../../diagnostics/index.js';
import {
  allOf,
  asCondition,
  asValue,
  type Compiled,
  type Condition,
  type ValueReader,
} from './compiled.js';
import {
  parseExpression,
  type Arithmetic,
  type Expression,
  type Relation,
} from './expression-syntax.js';
import { functions } from './functions/index.js';
import type { Parsed, Scanner } from './scanner.js';
import {
  boundedText,
  compareScalars,
  numberOf,
  scalarOf,
  textOf,
  valuesOf,
  type Fields,
  type Scalar,
  type Value,
} from './value.js';

/** Reads and compiles an expression that gives the value of a field. */
export function parseValue(scanner: Scanner): Parsed<ValueReader> {
  const syntax = parseExpression(scanner);
  const compiled = syntax && compileExpression(scanner, syntax);
  return compiled && asValue(scanner, compiled);
}

/** Reads and compiles a condition. */
export function parseCondition(scanner: Scanner): Parsed<Condition> {
  const syntax = parseExpression(scanner);
  const compiled = syntax && compileExpression(scanner, syntax);
  return compiled && asCondition(scanner, compiled);
}

/** Compiles an expression to a function of a row; a problem is reported at its place. */
export function compileExpression(scanner: Scanner, syntax: Expression): Parsed<Compiled> {
  const value = (evaluate: (row: Fields) => Value): Compiled => ({
    evaluate,
    isCondition: false,
    syntax,
  });
  const condition = (evaluate: Condition): Compiled => ({ evaluate, isCondition: true, syntax });
  const valueOf = (part: Expression) => {
    const compiled = compileExpression(scanner, part);
    return compiled && asValue(scanner, compiled);
  };
  const conditionOf = (part: Expression) => {
    const compiled = compileExpression(scanner, part);
    return compiled && asCondition(scanner, compiled);
  };

  switch (syntax.kind) {
    case 'number':
    case 'text': {
      const constant = syntax.value;
      return value(() => constant);
    }
    case 'field': {
      const { name } = syntax;
      return value((row) => row.get(name));
    }
    case 'negative': {
      const operand = valueOf(syntax.operand);
      if (!operand) return null;
      return value((row) => {
        const number = numberOf(operand(row));
        return number === undefined ? undefined : -number;
      });
    }
    case 'not': {
      const operand = conditionOf(syntax.operand);
      return operand && condition((row) => negation(operand(row)));
    }
    case 'and':
    case 'or':
    case 'xor': {
      const operands = allOf(syntax.operands.map(conditionOf));
      return operands && condition(connectives[syntax.kind](operands));
    }
    case 'arithmetic': {
      const first = valueOf(syntax.first);
      const operands = allOf(syntax.rest.map(({ operand }) => valueOf(operand)));
      if (!first || !operands) return null;
      const operators = syntax.rest.map(({ operator }) => operator);
      return value((row) =>
        operators.reduce<Value>(
          (result, operator, at) => calculate(operator, result, operands[at]!(row)),
          first(row),
        ),
      );
    }
    case 'relation': {
      warnOfLiterals(scanner, syntax.left, syntax.right, syntax.span);
      const left = valueOf(syntax.left);
      const right = valueOf(syntax.right);
      if (!left || !right) return null;
      const holds = relations[syntax.operator];
      return condition((row) => related(holds, left(row), right(row)));
    }
    case 'call':
      return compileCall(scanner, syntax);
  }
}

/** Where a function takes any number: a bound for hostile queries. */
const mostArguments = 1000;

function compileCall(
  scanner: Scanner,
  syntax: Extract<Expression, { kind: 'call' }>,
): Parsed<Compiled> {
  const { name, span } = syntax;
  const definition = functions.get(name);
  if (!definition) return scanner.report(diagnostic('spl/unknown-function', span, { name }));
  const [least, any] = definition.arity;
  const most = Math.min(any, mostArguments);
  const found = syntax.arguments.length;
  if (found < least || found > most) {
    const expected = least === most ? least : `${least} to ${most}`;
    return scanner.report(
      diagnostic('spl/wrong-arity', span, { name, expected: `${expected} arguments`, found }),
    );
  }
  const args = allOf(syntax.arguments.map((argument) => compileExpression(scanner, argument)));
  const built = args && definition.build(args, { scanner, name, span });
  return built && { ...built, syntax };
}

function negation(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** Kleene's logic: NULL is the truth that is not known. */
const connectives: Readonly<
  Record<'and' | 'or' | 'xor', (operands: readonly Condition[]) => Condition>
> = {
  and: (operands) => decided(operands, false),
  or: (operands) => decided(operands, true),
  xor: (operands) => (row) =>
    operands
      .map((operand) => operand(row))
      .reduce((left, right) =>
        left === undefined || right === undefined ? undefined : left !== right,
      ),
};

/** The first operand of the deciding truth decides; else NULL if there is one. */
function decided(operands: readonly Condition[], truth: boolean): Condition {
  return (row) => {
    let result: boolean | undefined = !truth;
    for (const operand of operands) {
      const given = operand(row);
      if (given === truth) return truth;
      if (given === undefined) result = undefined;
    }
    return result;
  };
}

const relations: Readonly<Record<Relation, (left: Scalar, right: Scalar) => boolean>> = {
  '=': (left, right) => compareScalars(left, right) === 0,
  '!=': (left, right) => compareScalars(left, right) !== 0,
  '<': (left, right) => compareScalars(left, right) < 0,
  '<=': (left, right) => compareScalars(left, right) <= 0,
  '>': (left, right) => compareScalars(left, right) > 0,
  '>=': (left, right) => compareScalars(left, right) >= 0,
};

/** NULL if a side is NULL; on several values it holds if it holds for some pair. */
function related(
  holds: (left: Scalar, right: Scalar) => boolean,
  left: Value,
  right: Value,
): boolean | undefined {
  const [a, b] = [scalarOf(left), scalarOf(right)];
  if (a !== undefined && b !== undefined) return holds(a, b);
  const [lefts, rights] = [valuesOf(left), valuesOf(right)];
  if (lefts.length === 0 || rights.length === 0) return undefined;
  return lefts.some((one) => rights.some((other) => holds(one, other)));
}

/** NULL unless both sides are numbers; `+` and `.` also join texts. */
function calculate(operator: Arithmetic, left: Value, right: Value): Value {
  const [one, other] = [scalarOf(left), scalarOf(right)];
  if (one === undefined || other === undefined) return undefined;
  if (operator === '.') return boundedText(textOf(one) + textOf(other));
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a === undefined || b === undefined) {
    const joins = operator === '+' && typeof one === 'string' && typeof other === 'string';
    return joins && a === undefined && b === undefined ? boundedText(one + other) : undefined;
  }
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '%':
      return b === 0 ? undefined : a % b;
  }
}

function warnOfLiterals(scanner: Scanner, left: Expression, right: Expression, span: Span): void {
  if (left.kind !== 'text' || (right.kind !== 'text' && right.kind !== 'number')) return;
  const help = `a field is written '${left.value.slice(0, 40)}', in single quotes`;
  scanner.report(diagnostic('spl/two-literals', span, {}, { help }));
}
