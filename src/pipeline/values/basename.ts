import { isAnyRun, pattern, type Field, type StringAtom } from '../../ir/index.js';
import { literalOf } from '../glob.js';
import { refused, type Carried } from './carried.js';

/** The column holds the last part of the path: only tests of the path's end can be asked. */
export function basename(atom: StringAtom, field: Field): Carried {
  const [run, ...end] = atom.pattern;
  const text = literalOf(end);
  if (!isAnyRun(run) || text === undefined) {
    return refused(
      'only what follows the last backslash is kept there, and the test is not on the end',
    );
  }
  const name = text.startsWith('\\') ? text.slice(1) : text;
  if (name.includes('\\')) return refused('only what follows the last backslash is kept there');
  return { ...atom, field, pattern: name === text ? pattern([run, name]) : pattern([name]) };
}
