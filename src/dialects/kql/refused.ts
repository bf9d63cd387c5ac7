const outside = 'it reads from outside of the tables that are given';
const parts = 'use extract() for parts of a text';

/** Why operators are refused that Kusto has, by their first word. */
export const refusedOperators: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cluster: outside,
    database: outside,
    evaluate: 'each plugin is a language of its own; use operators',
    externaldata: outside,
    external_table: outside,
    facet: 'write a summarize for each column',
    fork: 'write each branch as a query of its own',
    'make-series': 'use summarize by bin(), which has no empty bins',
    parse: parts,
    'parse-kv': parts,
    'parse-where': parts,
    reduce: 'how it groups texts is not documented',
    sample: 'its rows are chosen by chance',
    'sample-distinct': 'its values are chosen by chance',
    search: 'name the columns: where a has "x" or b has "x"',
    'top-hitters': 'it is approximate; use summarize count() and top',
    'top-nested': 'use summarize and top for each level',
  }),
);

/** Functions that a Sentinel or Defender workspace adds. */
export const workspaceFunction = /^_(?:Get|ASim|Im_)\w+$/i;

/** The operators on which Microsoft's parser fails where there is no graph. */
export const graphOperator = /\|\s*(graph-[a-z-]+)/;
