import type { Predicate } from '../ir/index.js';
import { buildAtom, type Built } from './atom.js';
import type { Test } from './backend.js';
import { chained, listed } from './group.js';
import type { Notes } from './notes.js';
import type { Expression } from './planned-query.js';

/**
 * The predicate in the words of the first context that has them; its atoms are typed. Tests that
 * may be null are guarded where a negation stands above them.
 */
export function build(node: Predicate, negated: boolean, notes: Notes): Built {
  switch (node.kind) {
    case 'constant':
      return {
        context: 0,
        expression: { kind: 'constant', value: node.value },
        flagged: false,
      };
    case 'not': {
      const { context, expression, flagged } = build(node.operand, true, notes);
      return { context, expression: { kind: 'not', operand: expression }, flagged };
    }
    case 'and':
    case 'or':
      return join(
        node.kind,
        node.operands.map((operand) => build(operand, negated, notes)),
        notes,
      );
    case 'keyword':
    case 'keyword-regex':
      throw new Error('a keyword is still without fields');
    default:
      return buildAtom(node, negated, notes);
  }
}

function join(kind: 'and' | 'or', operands: readonly Built[], notes: Notes): Built {
  const { context } = operands[0]!;
  if (operands.every((each) => each.context === context)) {
    return {
      context,
      expression: connect(kind, operands, notes),
      flagged: operands.some(({ flagged }) => flagged),
    };
  }
  const apart = operands.filter((each) => each.context === 1);
  const rest = operands.filter((each) => each.context === 0);
  const flag: Built = {
    context: 0,
    expression: flagOf(connect(kind, apart, notes), notes),
    flagged: true,
  };
  return join(kind, context === 1 ? [flag, ...rest] : [...rest, flag], notes);
}

function connect(kind: 'and' | 'or', operands: readonly Built[], notes: Notes): Expression {
  const { list, chain } = notes.backend.manifest.limits;
  const expressions = operands.map(({ expression }) => expression);
  return chained(kind, kind === 'or' ? listed(expressions, list) : expressions, chain);
}

/** A computed column for what only the second context can say, as the first context tests it. */
function flagOf(expression: Expression, { backend, flags, names }: Notes): Expression {
  const [test] = backend.contexts[0]!.tests.flag as readonly Test[];
  let number = flags.length + 1;
  while (names.has(`sigma_${number}`)) number++;
  const name = `sigma_${number}`;
  names.add(name);
  flags.push({ name, expression });
  return {
    kind: 'operation',
    test: test!,
    subject: { field: { name, type: 'integer' }, text: '{field}', optional: false },
    other: undefined,
    values: [],
    words: undefined,
    guarded: false,
  };
}
