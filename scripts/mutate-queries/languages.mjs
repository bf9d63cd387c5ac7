import { dslChanges, eqlChanges, esqlChanges } from './elastic.mjs';
import { kqlChanges } from './kql.mjs';
import { splChanges } from './spl.mjs';

/** All changes of a query's text, by language. */
export const changesOf = {
  kql: kqlChanges,
  spl: splChanges,
  eql: eqlChanges,
  esql: esqlChanges,
  dsl: dslChanges,
};
