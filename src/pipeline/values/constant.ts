import type { FieldedAtom } from '../../ir/index.js';
import { constant } from '../connect.js';
import { matches } from '../glob.js';
import { refused, type Carried } from './carried.js';

/** Every row has this value, so the answer is known. */
export function constantValue(atom: FieldedAtom, value: string): Carried {
  const { origin } = atom;
  switch (atom.kind) {
    case 'string':
      return constant(matches(atom.pattern, value, atom.cased), origin);
    case 'number':
    case 'boolean':
      return constant(String(atom.value) === value, origin);
    case 'null':
    case 'blank':
      return constant(false, origin);
    case 'exists':
      return constant(true, origin);
    default:
      return refused(`it is always “${value}”`);
  }
}
