const fullText =
  'what it finds depends on how the field is analysed, which no event tells; ==, LIKE and RLIKE compare whole values';
const outside = 'it reads an index or a policy that is not among the events';
const chance = 'its rows are chosen by chance';
const model = 'it asks a model';
const statistics = 'it is statistics of Elasticsearch, which its documentation does not define';

/** Why functions are refused that Elasticsearch has, by name in lower case. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...['match', 'match_phrase', 'multi_match', 'qstr', 'kql', 'term', 'score'].map(
    (name) => [name, fullText] as const,
  ),
  ['knn', model],
  ['categorize', statistics],
]);

/** Why the operator `field : "text"` is refused. */
export const refusedMatch = fullText;

/** Why commands are refused that Elasticsearch has, by name in lower case. */
export const refusedCommands: ReadonlyMap<string, string> = new Map([
  ['change_point', statistics],
  ['completion', model],
  ['enrich', outside],
  ['explain', 'it tells how a query runs'],
  ['fork', 'write each branch as a query of its own'],
  ['fuse', 'it ranks by scores, which no event tells'],
  ['grok', 'use DISSECT, or RLIKE in WHERE'],
  ['join', outside],
  ['lookup', outside],
  ['metrics', 'it reads time series'],
  ['promql', 'it reads time series'],
  ['rerank', model],
  ['sample', chance],
  ['set', 'it changes how a query runs'],
  ['show', 'it tells of the deployment'],
  ['ts', 'it reads time series'],
]);
