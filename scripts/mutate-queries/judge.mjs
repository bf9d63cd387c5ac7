// Says of one change whether verification sees it.
import { interpreters, library, now } from './library.mjs';
import { benchOf } from './bench.mjs';
import { applied } from './changes.mjs';
import { difference } from './difference.mjs';

const { against, verify } = library;
const options = { interpreters, runs: 20, seed: 7, now, vars: new Map() };

/** What `verify --against` says of queries in place of the conversion's own. */
export function verdictOf(conversion, queries) {
  return verify({ ...against(conversion, queries[0]), queries }, options);
}

/** The queries of the conversion, with the change in one of them. */
export function changedIn({ queries }, { query, ...change }) {
  return queries.with(query, applied(queries[query], change));
}

/**
 * `broken`: not a query any more. `caught`: there is a counterexample. `missed`: there is none, and the
 * queries differ on a row of the independent generator. `same`: they do not.
 */
export function judge(conversion, change, search) {
  const after = changedIn(conversion, change);
  const { verdict, counterexample } = verdictOf(conversion, after);
  if (counterexample?.statement === 'running') return { result: 'broken' };
  if (verdict === 'diverges') return { result: 'caught' };
  const differs = difference(benchOf(conversion), conversion.queries, after, search);
  return differs ? { result: 'missed', ...differs } : { result: 'same' };
}
