import { diagnostic } from '../../../diagnostics/index.js';
import type { Expression } from '../expression-syntax.js';
import { compilePcre } from '../pcre.js';
import {
  boundedList,
  boundedText,
  fieldValue,
  numberOf,
  scalarOf,
  textOf,
  valuesOf,
  type FieldValue,
  type Fields,
} from '../value.js';
import { literalText, valueFunction, wrongArgument, type Definition } from './definition.js';

export const multivalueFunctions: Readonly<Record<string, Definition>> = {
  mvappend: valueFunction(1, Infinity, (...values) => boundedList(values.flatMap(valuesOf))),
  /** NULL of NULL, never 0. */
  mvcount: valueFunction(1, 1, (value) => valuesOf(value).length || undefined),
  /** The values from one place to another, both inclusive, from 0, negative from the end. */
  mvindex: valueFunction(2, 3, (value, from, to) => {
    const values = valuesOf(value);
    const place = (given: FieldValue | undefined) => {
      const number = numberOf(given);
      return number !== undefined && number < 0 ? values.length + number : number;
    };
    const first = place(from);
    const last = to === undefined ? first : place(to);
    if (first === undefined || last === undefined || first < 0) return undefined;
    return fieldValue(values.slice(first, last + 1));
  }),
  mvjoin: valueFunction(2, 2, (value, separator) => {
    const values = valuesOf(value);
    const between = scalarOf(separator);
    if (values.length === 0 || between === undefined) return undefined;
    return boundedText(values.map(textOf).join(textOf(between)));
  }),
  mvdedup: valueFunction(1, 1, (value) => {
    const seen = new Map(
      valuesOf(value)
        .toReversed()
        .map((each) => [textOf(each), each]),
    );
    return fieldValue(valuesOf(value).filter((each) => seen.delete(textOf(each))));
  }),
  mvzip: valueFunction(2, 3, (left, right, separator = ',') => {
    const others = valuesOf(right);
    const pairs = valuesOf(left).slice(0, others.length);
    const between = valuesOf(separator).map(textOf).join('');
    return fieldValue(pairs.map((each, at) => `${textOf(each)}${between}${textOf(others[at]!)}`));
  }),
  /** An empty separator splits into characters. */
  split: valueFunction(2, 2, (value, separator) => {
    const [text, between] = [scalarOf(value), scalarOf(separator)];
    if (text === undefined || between === undefined) return undefined;
    const parts = between === '' ? Array.from(textOf(text)) : textOf(text).split(textOf(between));
    return fieldValue(parts);
  }),
  mvfind: {
    arity: [2, 2],
    build: ([subject, pattern], call) => {
      const source = literalText(pattern!, call);
      const regex =
        source === null ? null : compilePcre(call.scanner, source, pattern!.syntax.span);
      if (!regex) return null;
      return {
        isCondition: false,
        evaluate: (row) => {
          const at = valuesOf(subject!.evaluate(row)).findIndex((each) =>
            regex.found(textOf(each)),
          );
          return at < 0 ? undefined : at;
        },
      };
    },
  },
  /** Keeps the values for which a condition on their field holds. */
  mvfilter: {
    arity: [1, 1],
    build: ([condition], call) => {
      const names = new Set(fieldsOf(condition!.syntax));
      const [name] = names;
      if (name === undefined || names.size > 1) {
        return wrongArgument(condition!, call, 'a condition on exactly one field');
      }
      if (!condition!.isCondition) {
        return call.scanner.report(diagnostic('spl/not-boolean', condition!.syntax.span, {}));
      }
      return {
        isCondition: false,
        evaluate: (row) =>
          fieldValue(
            valuesOf(row.get(name)).filter(
              (each) => condition!.evaluate(new Map([[name, each]])) === true,
            ),
          ),
      };
    },
  },
  /** The expression for each value of the field that the first argument names. */
  mvmap: {
    arity: [2, 2],
    build: ([field, expression], call) => {
      const { syntax } = field!;
      if (syntax.kind !== 'field') return wrongArgument(field!, call, 'the name of a field');
      if (expression!.isCondition) {
        return call.scanner.report(diagnostic('spl/boolean-value', expression!.syntax.span, {}));
      }
      return {
        isCondition: false,
        evaluate: (row) =>
          fieldValue(
            valuesOf(row.get(syntax.name)).flatMap((each) => {
              const inner: Fields = new Map(row).set(syntax.name, each);
              return valuesOf(expression!.evaluate(inner));
            }),
          ),
      };
    },
  },
};

/** The names of the fields that an expression reads. */
function fieldsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return [];
    case 'field':
      return [expression.name];
    case 'negative':
    case 'not':
      return fieldsOf(expression.operand);
    case 'and':
    case 'or':
    case 'xor':
      return expression.operands.flatMap(fieldsOf);
    case 'arithmetic':
      return [expression.first, ...expression.rest.map(({ operand }) => operand)].flatMap(fieldsOf);
    case 'relation':
      return [expression.left, expression.right].flatMap(fieldsOf);
    case 'call':
      return expression.arguments.flatMap(fieldsOf);
  }
}
