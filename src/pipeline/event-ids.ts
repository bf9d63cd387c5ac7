import { fold, type Atom, type Predicate } from '../ir/index.js';
import { fold as lower } from './glob.js';
import { exactText } from './values/words.js';

type Ids = ReadonlySet<string> | undefined;

/**
 * The numbers of the events that can match, or the words of another field in small letters; `undefined`
 * where the rule does not say.
 */
export function eventIdsOf(predicate: Predicate, field = 'EventID'): Ids {
  const unknown = (): Ids => undefined;
  const one = (atom: Atom & { kind: 'string' | 'number' }): Ids => {
    const id = atom.field.name === field ? exactText(atom) : undefined;
    return id === undefined ? undefined : new Set([lower(id)]);
  };
  return fold<Ids>(predicate, {
    and: (_, children) => children.reduce((a, b) => (a && b ? both(a, b) : (a ?? b))),
    or: (_, children) =>
      children.includes(undefined) ? undefined : new Set(children.flatMap((ids) => [...ids!])),
    not: unknown,
    constant: ({ value }) => (value ? undefined : new Set()),
    string: one,
    number: one,
    boolean: unknown,
    null: unknown,
    blank: unknown,
    exists: unknown,
    comparison: unknown,
    regex: unknown,
    cidr: unknown,
    field: unknown,
    'time-part': unknown,
    keyword: unknown,
    'keyword-regex': unknown,
  });
}

function both(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((id) => b.has(id)));
}
