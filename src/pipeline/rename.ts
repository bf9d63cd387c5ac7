import { type Field, type FieldedAtom, type Predicate } from '../ir/index.js';
import { allOf, anyOf } from './connect.js';
import type { Action } from './model/index.js';

/** The new names that a renaming gives to a field; nothing if it leaves it alone. */
export function renames(action: Action, name: string): readonly string[] | undefined {
  switch (action.kind) {
    case 'rename':
      return action.mapping.get(name);
    case 'rename-prefix': {
      const found = [...action.mapping].find(([prefix]) => name.startsWith(prefix));
      return found?.[1].map((prefix) => prefix + name.slice(found[0].length));
    }
    case 'affix':
      return [action.prefix + name + action.suffix];
    default:
      return undefined;
  }
}

/**
 * The test on the renamed field. Several names are alternatives: the test holds on one of them,
 * and the field is absent if all are.
 */
export function renameAtom(
  atom: FieldedAtom,
  namesOf: (name: string) => readonly string[] | undefined,
): Predicate {
  const fields = (field: Field): readonly Field[] =>
    namesOf(field.name)?.map((name) => ({ ...field, name })) ?? [field];
  const tests =
    atom.kind === 'field'
      ? fields(atom.field).flatMap((field) =>
          fields(atom.other).map((other) => ({ ...atom, field, other })),
        )
      : fields(atom.field).map((field) => ({ ...atom, field }));
  return atom.kind === 'null' || atom.kind === 'blank'
    ? allOf(tests, atom.origin)
    : anyOf(tests, atom.origin);
}
