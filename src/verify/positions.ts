import type { Row } from '../dialects/index.js';
import { matcher } from '../evaluate/index.js';
import { atomsOf, type Predicate } from '../ir/index.js';

/** Whether what the rule looks for in one argument of a process (`a0`, `a1`, …) stands in another one of the event. */
export function isMisplaced(predicate: Predicate): (event: Row) => boolean {
  const tests = atomsOf(predicate).flatMap((atom) =>
    'field' in atom && isArgument(atom.field.name) ? [atom] : [],
  );
  return (event) =>
    tests.some((atom) =>
      Object.entries(event).some(
        ([name, value]) =>
          isArgument(name) &&
          name !== atom.field.name &&
          matcher(atom)({ [atom.field.name]: value }),
      ),
    );
}

function isArgument(name: string): boolean {
  return /^a\d+$/.test(name);
}
