import type { Row } from '../dialects/index.js';
import type { Span } from '../diagnostics/index.js';
import { matcher, reader } from '../evaluate/index.js';
import { childrenOf, type Predicate } from '../ir/index.js';

/** What one node of a rule says of an event. */
export interface Trace {
  readonly kind: Predicate['kind'];
  readonly holds: boolean;
  /** Where the rule says it. */
  readonly span: Span;
  /** The fields that an atom reads, with their values; absent ones are left out. */
  readonly values?: Row;
  readonly children?: readonly Trace[];
}

/** Why the predicate holds for the event or does not, node by node. */
export function trace(predicate: Predicate, event: Row): Trace {
  const children = childrenOf(predicate);
  return {
    kind: predicate.kind,
    holds: matcher(predicate)(event),
    span: predicate.origin,
    ...(children.length > 0
      ? { children: children.map((child) => trace(child, event)) }
      : { values: valuesOf(predicate, event) }),
  };
}

function valuesOf(atom: Predicate, event: Row): Row {
  const fields = [
    ...('field' in atom ? [atom.field] : []),
    ...('other' in atom ? [atom.other] : []),
  ];
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = reader(name)(event);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
