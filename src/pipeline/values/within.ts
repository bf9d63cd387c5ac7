import {
  anyRun,
  isAnyRun,
  pattern,
  type Field,
  type RegexAtom,
  type StringAtom,
} from '../../ir/index.js';
import type { Writing } from '../model/index.js';
import { refused, type Carried } from './carried.js';

/**
 * The column holds the value among other text, so that only a part of it can be asked for, or all of
 * it where it is known what stands before and behind it.
 */
export function within(
  atom: StringAtom | RegexAtom,
  field: Field,
  { prefix, suffix, json }: Writing & { kind: 'within' },
): Carried {
  if (atom.kind === 'regex') {
    const looks = json ? /[\^$"]|\\[AzbB\\]/ : /[\^$]|\\[AzbB]/;
    return looks.test(atom.source.replaceAll('[^', '[')) ? refused(part) : { ...atom, field };
  }
  const isOpen = [isAnyRun(atom.pattern[0]), isAnyRun(atom.pattern.at(-1))];
  const isPart = prefix + suffix !== '' || (isOpen[0] && isOpen[1]);
  if (!isPart || (atom.pattern.length === 1 && isOpen[0])) return refused(part);
  const value = atom.pattern.map((each) =>
    json && typeof each === 'string' ? each.replace(/["\\]/g, '\\$&') : each,
  );
  const around = [isOpen[0] ? '' : prefix, ...value, isOpen[1] ? '' : suffix];
  return { ...atom, field, pattern: pattern([anyRun, ...around, anyRun]) };
}

const part = 'it stands there among other text, where only `contains` can be asked';
