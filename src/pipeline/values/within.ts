import { isAnyRun, type Field, type RegexAtom, type StringAtom } from '../../ir/index.js';
import { refused, type Carried } from './carried.js';

/** The column holds the value among other text, so that only a part of it can be asked for. */
export function within(atom: StringAtom | RegexAtom, field: Field): Carried {
  const isPart =
    atom.kind === 'string'
      ? atom.pattern.length > 1 && isAnyRun(atom.pattern[0]) && isAnyRun(atom.pattern.at(-1))
      : !anchor.test(atom.source.replaceAll('[^', '['));
  if (isPart) return { ...atom, field };
  return refused('it stands there among other text, where only `contains` can be asked');
}

/** What looks at the ends of the value. */
const anchor = /[\^$]|\\[AzbB]/;
