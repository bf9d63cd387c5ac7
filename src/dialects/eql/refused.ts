const endgame = 'a function of Endgame, which Elasticsearch does not have';

/** What is said of functions that other EQL has and Elasticsearch has not, by name in lower case. */
export const foreignFunctions: ReadonlyMap<string, string> = new Map([
  ['match', `${endgame}: it has the operator regex`],
  ['matchlite', `${endgame}: it has the operator regex`],
  ...['arraycontains', 'arraycount', 'arraysearch', 'safe'].map((name) => [name, endgame] as const),
]);

/** What stands before `of` in Endgame's relations of processes. */
export const relations: ReadonlySet<string> = new Set(['child', 'descendant', 'event']);
