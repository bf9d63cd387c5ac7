import { diagnostic } from '../../../diagnostics/index.js';
import { compileScalar } from '../expression.js';
import { maximumRows } from '../limit.js';
import {
  over,
  refuse,
  refuseRows,
  refuseUnverified,
  spanIn,
  type Evaluate,
  type Relation,
  type Scope,
} from '../scope.js';
import { child, childList, columnsOf, kindOf, nameOf, parameterOf, tokenText } from '../tree.js';
import type { KustoNode } from '../kusto.js';
import { missingOf, tupleKey, type Column, type Row } from '../value.js';
import type { CompileOperator } from './shape.js';

interface Keys {
  readonly left: readonly Evaluate[];
  readonly right: readonly Evaluate[];
}

/** The columns that `on` compares: a name of both sides, or `$left.a == $right.b`. */
function joinKeys(node: KustoNode, left: Relation, right: Relation, scope: Scope): Keys {
  const keys: { left: Evaluate; right: Evaluate }[] = [];
  const leftScope = over(scope, left.columns);
  const rightScope = over(scope, right.columns);
  const pending = [...childList(node, 'Expressions')].reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (kindOf(next) === 'ParenthesizedExpression') {
      pending.push(child(next, 'Expression'));
    } else if (kindOf(next) === 'BinaryExpression' && tokenText(next, 'Operator') === 'and') {
      pending.push(child(next, 'Right'), child(next, 'Left'));
    } else if (kindOf(next) === 'NameReference') {
      keys.push({
        left: compileScalar(next, leftScope).at,
        right: compileScalar(next, rightScope).at,
      });
    } else {
      const sides = sidesOf(next);
      if (!sides) refuse(scope, next, 'this condition of a join');
      else {
        keys.push({
          left: compileScalar(sides.left, leftScope).at,
          right: compileScalar(sides.right, rightScope).at,
        });
      }
    }
  }
  return { left: keys.map((key) => key.left), right: keys.map((key) => key.right) };
}

function sidesOf(
  node: KustoNode,
): { readonly left: KustoNode; readonly right: KustoNode } | undefined {
  if (kindOf(node) !== 'BinaryExpression' || tokenText(node, 'Operator') !== '==') return undefined;
  const first = sideOf(child(node, 'Left'));
  const second = sideOf(child(node, 'Right'));
  if (!first || !second || first.side === second.side) return undefined;
  const [left, right] = first.side === '$left' ? [first, second] : [second, first];
  return { left: left.column, right: right.column };
}

function sideOf(node: KustoNode) {
  if (kindOf(node) !== 'PathExpression') return undefined;
  const side = nameOf(child(node, 'Expression'));
  return side === '$left' || side === '$right'
    ? { side, column: child(node, 'Selector') }
    : undefined;
}

function keyer(
  keys: readonly Evaluate[],
): (row: Row, index: number) => { key: string; blank: boolean } {
  return (row, index) => {
    const values = keys.map((at) => at(row, index));
    return { key: tupleKey(values), blank: values.includes(null) };
  };
}

interface Matches {
  readonly leftKeys: readonly { readonly key: string; readonly blank: boolean }[];
  readonly rightKeys: readonly { readonly key: string; readonly blank: boolean }[];
  readonly index: ReadonlyMap<string, readonly number[]>;
}

/** Finds the right rows of each key. Nobody documents whether null keys meet: then it is refused. */
function matched(
  left: readonly Row[],
  right: readonly Row[],
  keys: Keys,
  scope: Scope,
  node: KustoNode,
): Matches {
  const leftKeys = left.map(keyer(keys.left));
  const rightKeys = right.map(keyer(keys.right));
  const index = new Map<string, number[]>();
  for (const [place, { key }] of rightKeys.entries()) {
    const places = index.get(key);
    if (places) places.push(place);
    else index.set(key, [place]);
  }
  if (leftKeys.some(({ key, blank }) => blank && index.has(key))) {
    refuseUnverified(
      scope,
      node,
      'joining on keys that are null on both sides',
      'filter with isnotnull(…)',
    );
  }
  const pairs = leftKeys.reduce((sum, { key }) => sum + (index.get(key)?.length ?? 0), 0);
  if (pairs <= maximumRows) return { leftKeys, rightKeys, index };
  refuseRows(scope, node);
  return { leftKeys, rightKeys, index: new Map() };
}

export const join: CompileOperator = (node, input, scope) => {
  const right = scope.run.table(child(node, 'Expression'), scope);
  const kind = joinKind(node, scope);
  const keys = joinKeys(child(node, 'ConditionClause'), input, right, scope);
  const chosen = parameterOf(node, 'kind') === 'innerunique'; // the default kind has its warning
  const apply = (rows: readonly Row[]) => {
    if (chosen) checkUnique(rows, keys, scope, node);
    return joined(kind, rows, right, input.columns, matchedBy(keys, scope, node));
  };
  return { columns: joinColumns(kind, node, input, right), serialized: false, apply };
};

/** Which of several left rows of a key `innerunique` keeps is left to chance. */
function checkUnique(rows: readonly Row[], keys: Keys, scope: Scope, node: KustoNode): void {
  const first = new Map<string, string>();
  const keyOfRow = keyer(keys.left);
  const differs = rows.some((row, index) => {
    const { key } = keyOfRow(row, index);
    const known = first.get(key) ?? tupleKey(row);
    first.set(key, known);
    return known !== tupleKey(row);
  });
  if (!differs) return;
  const help = 'write kind=inner, or summarize the left side first';
  refuseUnverified(scope, node, 'which of several left rows innerunique keeps', help);
}

type Matcher = (left: readonly Row[], right: readonly Row[]) => Matches;

function matchedBy(keys: Keys, scope: Scope, node: KustoNode): Matcher {
  return (left, right) => matched(left, right, keys, scope, node);
}

function joinKind(node: KustoNode, scope: Scope): string {
  const kind = parameterOf(node, 'kind');
  if (kind !== undefined) return kind;
  scope.run.report(diagnostic('kql/join-kind', spanIn(scope, node), {}));
  return 'innerunique';
}

function joinColumns(
  kind: string,
  node: KustoNode,
  left: Relation,
  right: Relation,
): readonly Column[] {
  if (/^left(?:semi|anti)|^anti/.test(kind)) return left.columns;
  if (/^right(?:semi|anti)/.test(kind)) return right.columns;
  const all = [...left.columns, ...right.columns];
  const bound = columnsOf(node);
  if (bound.length === all.length)
    return all.map(({ type }, index) => ({ name: bound[index]!.name, type }));
  const taken = new Set<string>();
  return all.map(({ name, type }) => {
    let free = name;
    for (let suffix = 1; taken.has(free); suffix++) free = `${name}${suffix}`;
    taken.add(free);
    return { name: free, type };
  });
}

function blankRow(columns: readonly Column[]): Row {
  return columns.map(({ type }) => missingOf(type));
}

function joined(
  kind: string,
  left: readonly Row[],
  rightRelation: Relation,
  leftColumns: readonly Column[],
  match: Matcher,
): readonly Row[] {
  const right = rightRelation.rows();
  if (kind === 'innerunique') {
    const seen = new Set<string>();
    const { leftKeys } = match(left, []);
    const unique = left.filter((_, place) => {
      const { key } = leftKeys[place]!;
      return !seen.has(key) && seen.add(key);
    });
    return joined('inner', unique, rightRelation, leftColumns, match);
  }
  const { leftKeys, rightKeys, index } = match(left, right);
  const leftSet = new Set(leftKeys.map(({ key }) => key));
  const hasRight = (place: number) => index.has(leftKeys[place]!.key);
  const hasLeft = (place: number) => leftSet.has(rightKeys[place]!.key);
  if (kind === 'leftsemi') return left.filter((_, place) => hasRight(place));
  if (/^(?:leftanti(?:semi)?|anti)$/.test(kind)) return left.filter((_, place) => !hasRight(place));
  if (kind === 'rightsemi') return right.filter((_, place) => hasLeft(place));
  if (/^rightanti(?:semi)?$/.test(kind)) return right.filter((_, place) => !hasLeft(place));
  const pairs = left.flatMap((row, place) =>
    (index.get(leftKeys[place]!.key) ?? []).map((other) => [...row, ...right[other]!]),
  );
  const noRight = blankRow(rightRelation.columns);
  const noLeft = blankRow(leftColumns);
  const onlyLeft = left.filter((_, place) => !hasRight(place)).map((row) => [...row, ...noRight]);
  const onlyRight = right.filter((_, place) => !hasLeft(place)).map((row) => [...noLeft, ...row]);
  return [
    ...pairs,
    ...(kind === 'leftouter' || kind === 'fullouter' ? onlyLeft : []),
    ...(kind === 'rightouter' || kind === 'fullouter' ? onlyRight : []),
  ];
}

/** `lookup`: a join, leftouter or inner, without the right side's keys. */
export const lookup: CompileOperator = (node, input, scope) => {
  const right = scope.run.table(child(node, 'Expression'), scope);
  const kind = parameterOf(node, 'kind') ?? 'leftouter';
  const clause = child(node, 'LookupClause');
  const keys = joinKeys(clause, input, right, scope);
  const dropped = new Set(
    childList(clause, 'Expressions').map((each) => nameOf(sidesOf(each)?.right ?? each)),
  );
  const width = input.columns.length;
  const all = joinColumns('inner', node, { ...input, columns: [] }, right);
  const kept = right.columns.flatMap(({ name }, place) => (dropped.has(name) ? [] : [place]));
  const names = columnsOf(node)
    .slice(-kept.length || Infinity)
    .map(({ name }) => name);
  return {
    columns: [
      ...input.columns,
      ...kept.map((place, at) => ({ ...all[place]!, name: names[at] ?? all[place]!.name })),
    ],
    serialized: false,
    apply: (rows) =>
      joined(kind, rows, right, input.columns, matchedBy(keys, scope, node)).map((row) => [
        ...row.slice(0, width),
        ...kept.map((place) => row[width + place]!),
      ]),
  };
};
