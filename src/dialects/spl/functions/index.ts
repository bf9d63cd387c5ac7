import type { Definition } from './definition.js';
import { logicFunctions } from './logic.js';
import { matchFunctions } from './match.js';
import { multivalueFunctions } from './multivalue.js';
import { numberFunctions } from './number.js';
import { textFunctions } from './text.js';
import { timeFunctions } from './time.js';

/** The functions of eval and where, by name in lower case. */
export const functions: ReadonlyMap<string, Definition> = new Map(
  Object.entries({
    ...logicFunctions,
    ...matchFunctions,
    ...multivalueFunctions,
    ...numberFunctions,
    ...textFunctions,
    ...timeFunctions,
  }),
);
