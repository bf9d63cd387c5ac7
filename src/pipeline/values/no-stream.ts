import type { Field, StringAtom } from '../../ir/index.js';
import { refused, type Carried } from './carried.js';

/** The column holds a path without the name of a stream (`file:stream`); a drive keeps its colon. */
export function noStream(atom: StringAtom, field: Field): Carried {
  const isStream = atom.pattern.some((part) => typeof part === 'string' && /:(?!\\)/.test(part));
  return isStream ? refused('the names of streams are cut off there') : { ...atom, field };
}
