const fullText =
  'what it finds depends on how the field is analysed, which no event tells; ==, LIKE and RLIKE compare whole values';
const outside = 'it reads an index or a policy that is not among the events';
const chance = 'its rows are chosen by chance';
const model = 'it asks a model';
const statistics = 'it is statistics of Elasticsearch, which its documentation does not define';

/** Functions of Elasticsearch that this interpreter does not run, and that mean nothing special. */
const others = [
  'absent acos acosh ascii asin asinh atan atan2 atanh bit_length byte_length cbrt chunk clamp clamp_max clamp_min',
  'copy_sign cos cosh date_format date_parse day_name decay e exp first from_base64 hash hypot ip_prefix json_extract',
  'last log log10 md5 median_absolute_deviation month_name mv_contains_all mv_difference mv_intersection mv_intersects',
  'mv_median mv_median_absolute_deviation mv_percentile mv_pseries_weighted_sum mv_union pi pow present repeat reverse',
  'round_to scalb sha1 sha256 sign signum sin sinh space sqrt std_dev tan tanh tau tbucket top to_aggregate_metric_double',
  'to_base64 to_cartesianpoint to_cartesianshape to_date_nanos to_dateperiod to_degrees to_geopoint to_geoshape',
  'to_radians to_timeduration to_unsigned_long trange url_decode url_encode variance weighted_avg',
].flatMap((names) => names.split(' '));

/** Why functions are refused that Elasticsearch has, by name in lower case. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...others.map(
    (name) => [name, 'Elasticsearch has it, this interpreter does not run it'] as const,
  ),
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
