import type { Field, NumberAtom, Predicate, StringAtom } from '../../ir/index.js';
import { constant } from '../connect.js';
import { literalOf } from '../glob.js';
import { refused, type Carried } from './carried.js';

/** `0x3e7` kept as the number 999. */
export function hexNumber(atom: StringAtom, field: Field): Carried {
  const text = literalOf(atom.pattern);
  if (text === undefined)
    return refused('it is kept as a number, of which no part can be asked for');
  const match = /^0x(?:0|[1-9a-f][0-9a-f]*)$/i.exec(text);
  if (!match || atom.cased) return refused('it is kept as a number; write it as 0x and digits');
  const value = BigInt(text.toLowerCase()).toString();
  return { kind: 'number', field, value, origin: atom.origin };
}

/** 999 kept as the text `0x3e7`. */
export function hexText(atom: NumberAtom | StringAtom, field: Field): Carried {
  const text = atom.kind === 'number' ? atom.value : literalOf(atom.pattern);
  if (text === undefined)
    return refused('it is kept in hexadecimal, of which no part can be asked for');
  if (!/^(?:0|[1-9][0-9]*)$/.test(text)) return constant(false, atom.origin);
  return textEquals(field, `0x${BigInt(text).toString(16)}`, atom);
}

function textEquals(field: Field, text: string, { origin }: NumberAtom | StringAtom): Predicate {
  return { kind: 'string', field, pattern: [text], cased: false, origin };
}
