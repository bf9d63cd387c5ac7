import type { Expression, Operation } from './planned-query.js';

/** ORed tests that share a list form as one test with several values, at the place of the first. */
export function listed(operands: readonly Expression[], limit: number): readonly Expression[] {
  const groups = new Map<unknown, Expression[]>();
  let latest: Expression[] = [];
  for (const operand of operands) {
    // The values of one list are neighbours nearly always.
    if (!latest[0] || !isSameList(latest[0], operand)) {
      const key = (operand.kind === 'operation' && listKey(operand)) || operand;
      latest = groups.get(key) ?? [];
      groups.set(key, latest);
    }
    latest.push(operand);
  }
  return [...groups.values()].flatMap((group): readonly Expression[] =>
    group.length === 1 ? group : merged(group as readonly Operation[], limit),
  );
}

function isSameList(one: Expression, other: Expression): boolean {
  if (one.kind !== 'operation' || other.kind !== 'operation') return false;
  const [first, second] = [one.subject, other.subject];
  return (
    one.test.listKey !== undefined &&
    one.test.listKey === other.test.listKey &&
    first.text === second.text &&
    one.guarded === other.guarded &&
    (first.field.expression ?? first.field.name) === (second.field.expression ?? second.field.name)
  );
}

function listKey({ test, subject, guarded }: Operation): string | undefined {
  if (test.listKey === undefined) return undefined;
  const { field, text } = subject;
  return `${test.listKey}\n${text}\n${guarded}\n${field.expression ?? field.name}`;
}

function merged(group: readonly Operation[], limit: number): readonly Operation[] {
  return chunks(
    group.flatMap(({ values }) => values),
    limit,
  ).map((values) => ({ ...group[0]!, values }));
}

/**
 * A connective whose chains are short: parsers are as deep as a chain is long (Microsoft's stops at
 * about 490 terms), so a long one becomes a chain of parenthesised chains.
 */
export function chained(
  kind: 'and' | 'or',
  operands: readonly Expression[],
  limit: number,
): Expression {
  if (operands.length === 1) return operands[0]!;
  if (operands.length <= limit) return { kind, operands };
  const parts = chunks(operands, limit).map((part) => chained(kind, part, limit));
  return chained(kind, parts, limit);
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
