import { isAnyRun, type Field, type StringAtom } from '../../ir/index.js';
import { refused, type Carried } from './carried.js';

/** The column holds the value among other text, so that only a part of it can be asked for. */
export function within(atom: StringAtom, field: Field): Carried {
  if (atom.pattern.length > 1 && isAnyRun(atom.pattern[0]) && isAnyRun(atom.pattern.at(-1))) {
    return { ...atom, field };
  }
  return refused('it stands there among other text, where only `contains` can be asked');
}
