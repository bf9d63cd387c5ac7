import type { Json } from '../../dialects/index.js';
import type { Atom, Field } from '../../ir/index.js';
import { addressSamples } from './address.js';
import { numberSamples } from './number.js';
import { regexSamples } from './regex.js';
import { nearTexts, patternSamples } from './text.js';
import { timeSamples } from './time.js';

/** What any field may hold, whatever is asked of it; undefined is a missing field. */
const everywhere: readonly (Json | undefined)[] = [undefined, null, '', 'x', 0, true];

/** The field that holds an event's text as a whole. */
export const wholeText: Field = { name: '_raw', type: 'text' };

/** The fields that an atom reads. */
export function fieldsOf(atom: Atom): readonly Field[] {
  switch (atom.kind) {
    case 'field':
      return [atom.field, atom.other];
    case 'keyword':
    case 'keyword-regex':
      return atom.fields.length > 0 ? atom.fields : [wholeText];
    default:
      return [atom.field];
  }
}

const known = new WeakMap<Atom, readonly (Json | undefined)[]>();

/** Values about the edge of what an atom asks, those that satisfy it (if it is that simple) first. */
export function samplesOf(atom: Atom): readonly (Json | undefined)[] {
  const samples = known.get(atom) ?? [...ownSamples(atom), ...everywhere];
  known.set(atom, samples);
  return samples;
}

function ownSamples(atom: Atom): readonly (Json | undefined)[] {
  switch (atom.kind) {
    case 'string': {
      const texts = patternSamples(atom.pattern);
      const [only, ...more] = atom.pattern;
      const number = typeof only === 'string' && more.length === 0 && /^-?\d+(\.\d+)?$/.test(only);
      const looks = number && Number.isFinite(Number(only)) ? numberSamples(only) : [];
      return [...texts, ...looks, [texts[0]!, 'other'], ['other', `${texts[0]!}x`]];
    }
    case 'keyword':
      return patternSamples(atom.pattern);
    case 'number':
      return [...numberSamples(atom.value), [atom.value, 'other']];
    case 'comparison':
      return [...numberSamples(atom.value), '1e3', '.5', '5.', [atom.value, 'abc']];
    case 'boolean':
      return [
        atom.value,
        !atom.value,
        ...['true', 'True', 'TRUE', 'false', 'False'],
        1,
        '1',
        'yes',
      ];
    case 'regex': {
      const texts = regexSamples(atom);
      return [...texts, [texts[0]!, 'other']];
    }
    case 'keyword-regex':
      return regexSamples(atom);
    case 'cidr':
      return [...addressSamples(atom.network), ['8.8.8.8', addressSamples(atom.network)[0]!]];
    case 'time-part':
      return timeSamples(atom);
    case 'field':
      return [
        'abc',
        ...nearTexts('abc'),
        'k',
        ...nearTexts('k'),
        'ABC',
        'abcabc',
        'b',
        ['abc', 'q'],
      ];
    case 'null':
    case 'blank':
    case 'exists':
      return [' ', ['x', '']];
  }
}
