import { encodingModifiers } from './encoding.js';
import { expand } from './expand.js';
import { fieldModifiers } from './field.js';
import { itemModifiers } from './item.js';
import type { Modifier } from './modifier.js';
import { cidr } from './network.js';
import { numberModifiers } from './number.js';
import { regexModifiers } from './regex.js';
import { stringModifiers } from './string.js';
import { windash } from './windash.js';

const list: readonly Modifier[] = [
  ...stringModifiers,
  windash,
  ...itemModifiers,
  ...regexModifiers,
  ...encodingModifiers,
  ...numberModifiers,
  cidr,
  ...fieldModifiers,
  expand,
];

/** Every modifier there is, by name. */
export const modifiers: ReadonlyMap<string, Modifier> = new Map(
  list.map((modifier) => [modifier.name, modifier]),
);
