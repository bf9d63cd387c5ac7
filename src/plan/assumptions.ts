/**
 * What no interpreter can know of the place where a query runs: settings, versions, and what a vendor
 * leaves open. The ids are printed with every query; pipelines add their own. What is said of the data
 * is a class (classes.ts).
 */
export const assumptions: Readonly<Record<string, string>> = {
  'field-extraction': 'The fields of an event are extracted, under the names that the query uses.',
  'kusto-strings':
    'A string column is never null; the empty string stands for a value that is missing.',
  'splunk-segmentation':
    'The index finds every event whose field has the value, also where a wildcard starts or splits a token.',
  'splunk-empty-values':
    'A field that is extracted as the empty string is present (`f=*`, `f=""`).',
  'splunk-pcre': 'Regular expressions match texts by code point and stay within match_limit.',
  'elastic-mapping':
    'Fields are mapped with the types of the pipeline, and ignore_above lets every value into the index.',
  'elastic-regexp': 'The expression stays within index.max_regex_length and the state limit.',
  'request-range': 'The request that carries the query restricts it to the time range of the rule.',
  'threshold-runs':
    'A rule that carries the threshold runs once in its range and on time, and finds no more groups than max_signals.',
  'threshold-fields':
    'Kibana is of version 9.2 or later, whose threshold rules group by five fields and not by three.',
  'result-size':
    'The caller gets all rows (EQL `size`, ES|QL `LIMIT`, Kusto 500,000 rows or 64 MB, Splunk `max_count`).',
  'splunk-sort':
    '`sort 0` keeps the order of rows that are equal in all its fields, or their order does not matter.',
  'splunk-streamstats':
    'A streamstats without a window reaches back over all rows, not over 10,000 only.',
  'splunk-tstats':
    'tstats compares values as search does. A row stands for the events of one second that agree in its columns.',
  'whole-text': 'Every event has its text (`_raw`).',
};
