const table = 'it reads a table that is not among the events';
const writes = 'it writes, and an interpreter only reads';
const outside = 'it reads from outside of the events';
const shapes = 'it lays out rows for people; use stats';
const statistics = 'it is statistics that no documentation defines exactly';

/** Why commands are refused that Splunk has, by name in lower case. */
export const refusedCommands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    anomalydetection: statistics,
    appendcols: 'it pairs rows by their place; use stats by a key',
    appendpipe: 'use eventstats, or append with the search again',
    chart: shapes,
    cluster: statistics,
    collect: writes,
    convert: 'use eval with strftime or tonumber',
    datamodel: 'use tstats … from datamodel=',
    dbxquery: outside,
    foreach: 'write an eval for each field',
    from: outside,
    inputlookup: table,
    iplocation: table,
    join: 'use multisearch or append, and stats by the fields that are joined',
    kmeans: statistics,
    kvstore: table,
    loadjob: outside,
    lookup: table,
    makecontinuous: shapes,
    map: 'it runs a search for each row',
    metadata: outside,
    mstats: outside,
    outlier: statistics,
    outputcsv: writes,
    outputlookup: writes,
    predict: statistics,
    rare: 'use stats count by the field, and sort',
    rest: outside,
    savedsearch: 'write the text of the search',
    sendalert: writes,
    sendemail: writes,
    spath: 'the fields of an event are those that it has; use rex',
    timechart: 'use bin _time and stats',
    top: 'use stats count by the field, and sort',
    transaction:
      'which rows it joins depends on limits and on the order; use streamstats, or stats by the fields',
    xyseries: shapes,
    untable: shapes,
  }),
);
