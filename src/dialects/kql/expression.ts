import { diagnostic } from '../../diagnostics/index.js';
import { expanded } from './call.js';
import { comparison } from './compare.js';
import { conversion } from './convert.js';
import { functions } from './functions/index.js';
import type { KustoNode } from './kusto.js';
import { dynamicLiteral, literalValue } from './literal.js';
import { and, not, or } from './logic.js';
import { hasTerms, isIn } from './membership.js';
import { binary } from './operators.js';
import { arithmetic } from './arithmetic.js';
import { element } from './path.js';
import {
  combine,
  constant,
  nothing,
  refuse,
  spanIn,
  type Expression,
  type Scope,
} from './scope.js';
import { child, childList, isTabular, kindOf, nameOf, tokenText } from './tree.js';
import { keyOf, missingOf, typeNamed, type Value } from './value.js';
import { isWindowFunction, windowFunction } from './window.js';

/** Compiles a scalar expression: what it costs to look at the tree is paid once, not for each row. */
export function compileScalar(node: KustoNode, scope: Scope): Expression {
  const type = typeNamed(node.ResultType?.Name);
  switch (kindOf(node)) {
    case 'LiteralExpression':
    case 'CompoundStringLiteralExpression': {
      const value = literalValue(node, type);
      if (value !== undefined) return constant(type, value);
      return refused(node, scope, `the literal ${tokenText(node, 'Token')}`);
    }
    case 'DynamicExpression': {
      const value = dynamicLiteral(node);
      return value === undefined
        ? refused(node, scope, 'this dynamic literal')
        : constant('dynamic', value);
    }
    case 'ParenthesizedExpression':
      return compileScalar(child(node, 'Expression'), scope);
    case 'SimpleNamedExpression':
      return compileScalar(child(node, 'Expression'), scope);
    case 'NameReference':
      return compileName(node, scope);
    case 'PathExpression':
    case 'ElementExpression':
      return compilePath(node, scope);
    case 'PrefixUnaryExpression':
      return compileSign(node, scope);
    case 'BinaryExpression':
      return compileBinary(node, scope);
    case 'BetweenExpression':
      return compileBetween(node, scope);
    case 'InExpression':
    case 'HasAnyExpression':
    case 'HasAllExpression':
      return compileMembership(node, scope);
    case 'FunctionCallExpression':
      return compileCall(node, scope);
    case 'ToScalarExpression':
      return compileToScalar(node, scope);
    default:
      return refused(node, scope, kindOf(node));
  }
}

function refused(node: KustoNode, scope: Scope, feature: string): Expression {
  refuse(scope, node, feature);
  return nothing(typeNamed(node.ResultType?.Name));
}

function compileName(node: KustoNode, scope: Scope): Expression {
  const name = nameOf(node);
  const column = scope.columns.get(name);
  if (column) {
    const { index: position, type } = column;
    if (type === 'unsupported') return refused(node, scope, `the type of ${name}`);
    return { type, varies: 'row', at: (row) => row[position]! };
  }
  const binding = scope.names.get(name);
  if (binding?.kind === 'scalar') return binding.expression;
  if (binding?.kind === 'function') return compileUserCall(node, scope);
  return refused(node, scope, `the name ${name} here`);
}

function compilePath(node: KustoNode, scope: Scope): Expression {
  const base = child(node, 'Expression');
  const selector = child(node, 'Selector');
  const tuple = kindOf(base) === 'NameReference' ? scope.tuples.get(nameOf(base)) : undefined;
  if (tuple) return tuple(nameOf(selector)) ?? refused(node, scope, 'this column');
  const bracketed = kindOf(selector) === 'BracketedExpression';
  const index = bracketed
    ? compileScalar(child(selector, 'Expression'), scope)
    : constant('string', nameOf(selector));
  const from = compileScalar(base, scope);
  return element(from, index) ?? refused(node, scope, `an element of ${from.type}`);
}

function compileSign(node: KustoNode, scope: Scope): Expression {
  const operand = compileScalar(child(node, 'Expression'), scope);
  if (tokenText(node, 'Operator') === '+') return operand;
  const { type } = operand;
  if (type === 'timespan') return arithmetic('-', constant(type, 0n), operand, type, scope, node);
  if (type === 'real')
    return combine(type, [operand], (row, index) => negative(operand.at(row, index)));
  return arithmetic('-', constant('long', 0n), operand, 'long', scope, node);
}

function negative(value: Value): Value {
  return value === null ? null : -(value as number);
}

/** Chains of `and` and `or` are flattened: they may be long, and the tree of them deep. */
function compileBinary(node: KustoNode, scope: Scope): Expression {
  const operator = tokenText(node, 'Operator');
  if (operator === 'and' || operator === 'or') {
    const operands = chain(node, operator).map((each) => compileScalar(each, scope));
    return operator === 'and' ? and(operands) : or(operands);
  }
  const left = compileScalar(child(node, 'Left'), scope);
  const right = compileScalar(child(node, 'Right'), scope);
  return binary(operator, left, right, typeNamed(node.ResultType?.Name), scope, node);
}

function chain(node: KustoNode, operator: string): readonly KustoNode[] {
  const operands: KustoNode[] = [];
  const pending = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const bare = unwrapped(next);
    if (kindOf(bare) === 'BinaryExpression' && tokenText(bare, 'Operator') === operator) {
      pending.push(child(bare, 'Right'), child(bare, 'Left'));
    } else {
      operands.push(next);
    }
  }
  return operands;
}

function unwrapped(node: KustoNode): KustoNode {
  let inner = node;
  while (kindOf(inner) === 'ParenthesizedExpression') inner = child(inner, 'Expression');
  return inner;
}

function compileBetween(node: KustoNode, scope: Scope): Expression {
  const value = compileScalar(child(node, 'Left'), scope);
  const bounds = child(node, 'Right');
  const low = compileScalar(child(bounds, 'First'), scope);
  const last = compileScalar(child(bounds, 'Second'), scope);
  const high =
    low.type === 'datetime' && last.type === 'timespan'
      ? arithmetic('+', low, last, 'datetime', scope, node)
      : last;
  const inside = and([
    comparison('>=', value, low, scope, node),
    comparison('<=', value, high, scope, node),
  ]);
  return combine('bool', [value, inside], (row, index) => {
    if (value.at(row, index) === null) return null;
    const answer = inside.at(row, index) as boolean | null;
    return tokenText(node, 'Operator').startsWith('!') ? not(answer) : answer;
  });
}

function compileMembership(node: KustoNode, scope: Scope): Expression {
  const operator = tokenText(node, 'Operator');
  const left = compileScalar(child(node, 'Left'), scope);
  const right = child(node, 'Right');
  const list = kindOf(right) === 'ExpressionList' ? childList(right, 'Expressions') : [right];
  const elements = list.map((each) =>
    isTabular(each) ? firstColumn(each, scope) : compileScalar(each, scope),
  );
  return operator.startsWith('has')
    ? hasTerms(operator, left, elements, scope, node)
    : isIn(operator, left, elements, scope, node);
}

/** The distinct values of a table's first column, as an array. */
function firstColumn(node: KustoNode, scope: Scope): Expression {
  const relation = scope.run.table(node, scope);
  const convert = conversion(relation.columns[0]?.type ?? 'unsupported', 'dynamic');
  if (!convert) return refused(node, scope, 'this column in a list');
  const convertEach = relation.columns[0]!.type === 'string' ? (value: Value) => value : convert;
  const at = () =>
    [...new Map(relation.rows().map(([first = null]) => [keyOf(first), first])).values()].map(
      convertEach,
    );
  return { type: 'dynamic', varies: 'run', at };
}

function compileToScalar(node: KustoNode, scope: Scope): Expression {
  const inner = child(node, 'Expression');
  if (!isTabular(inner)) return compileScalar(inner, scope);
  const relation = scope.run.table(inner, scope);
  const { type = 'unsupported' as const } = relation.columns[0] ?? {};
  let value: Value | undefined;
  return {
    type,
    varies: 'run',
    at: () => (value ??= relation.rows()[0]?.[0] ?? missingOf(type)),
  };
}

function compileCall(node: KustoNode, scope: Scope): Expression {
  const name = nameOf(child(node, 'Name'));
  if (scope.names.get(name)?.kind === 'function') return compileUserCall(node, scope);
  const type = typeNamed(node.ResultType?.Name);
  const nodes = childList(child(node, 'ArgumentList'), 'Expressions');
  const args = nodes
    .filter((each) => kindOf(each) !== 'TypeOfLiteralExpression') // the binder has read it
    .map((each) => compileScalar(each, scope));
  if (isWindowFunction(name)) {
    if (scope.windows) return windowFunction(name, args, type, scope, node);
    scope.run.report(
      diagnostic(
        'kql/not-serialized',
        spanIn(scope, node),
        { function: name },
        { help: 'put a sort by, or serialize, before it' },
      ),
    );
    return nothing(type);
  }
  const build = functions.get(name);
  if (!build) return refused(node, scope, `the function ${name}()`);
  if (type === 'unsupported') return refused(node, scope, `what ${name}() gives here`);
  return (
    build({ name, args, type, scope, node }) ??
    refused(node, scope, `${name}(${args.map((each) => each.type).join(', ')})`)
  );
}

function compileUserCall(node: KustoNode, scope: Scope): Expression {
  const callee = kindOf(node) === 'NameReference' ? node : child(node, 'Name');
  const target = scope.names.get(nameOf(callee));
  if (target?.kind !== 'function') return refused(node, scope, 'this call');
  const expansion = expanded(node, target, scope);
  return expansion
    ? compileScalar(expansion.expression, expansion.scope)
    : nothing(typeNamed(node.ResultType?.Name));
}
