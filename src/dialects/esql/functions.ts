import type { EsqlFunction } from './function.js';
import { conversionFunctions } from './functions-conversion.js';
import { dateFunctions } from './functions-date.js';
import { multiValueFunctions } from './functions-multi-value.js';
import { otherFunctions } from './functions-other.js';
import { stringFunctions } from './functions-string.js';

export { castFunctions } from './functions-conversion.js';

const synonyms: Readonly<Record<string, string>> = {
  TO_STR: 'TO_STRING',
  TO_INT: 'TO_INTEGER',
  TO_DBL: 'TO_DOUBLE',
  TO_BOOL: 'TO_BOOLEAN',
  TO_DT: 'TO_DATETIME',
  TO_VER: 'TO_VERSION',
};

const functions: ReadonlyMap<string, EsqlFunction> = new Map(
  Object.entries({
    ...stringFunctions,
    ...conversionFunctions,
    ...multiValueFunctions,
    ...dateFunctions,
    ...otherFunctions,
  }),
);

/** A scalar function by its name in capitals. */
export function findFunction(name: string): EsqlFunction | undefined {
  const known = Object.hasOwn(synonyms, name) ? synonyms[name]! : name;
  return functions.get(known);
}

export const functionNames: readonly string[] = [...functions.keys()];

const aggregates: ReadonlySet<string> = new Set(
  'AVG COUNT COUNT_DISTINCT MAX MEDIAN MIN PERCENTILE SUM VALUES'.split(' '),
);

/** Whether a function takes the rows of a group, and so stands in STATS. */
export function isAggregate(name: string): boolean {
  return aggregates.has(name);
}
