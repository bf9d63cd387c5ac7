import type { Entries } from './entry.js';

export const pipeline = {
  'pipeline/wrong-kind': {
    severity: 'error',
    message: '{what} must be {expected}',
    about: 'A pipeline file does not have the shape that docs/pipelines.md describes.',
  },
  'pipeline/unknown-key': {
    severity: 'error',
    message: '{what} has no key “{key}”',
    about:
      'A key that means nothing here is most often a slip of the pen, and would be silently without effect.',
  },
  'pipeline/missing-key': {
    severity: 'error',
    message: '{what} needs the key “{key}”',
    about: 'A part of a pipeline file lacks something that it cannot do without.',
  },
  'pipeline/unknown-transformation': {
    severity: 'error',
    message: 'no transformation is called “{type}”',
    about:
      'The transformation is unknown, or one of those that rewrite query text after conversion, which a proof cannot cover.',
  },
  'pipeline/unknown-condition': {
    severity: 'error',
    message: 'no {what} condition is called “{type}”',
    about:
      'The condition is unknown at this place; a condition that is ignored would apply a transformation to the wrong rules.',
  },
  'pipeline/invalid-expression': {
    severity: 'error',
    message: 'the condition expression {reason}',
    about: 'An expression links ids of conditions with and, or, not and parentheses.',
  },
  'pipeline/not-one-document': {
    severity: 'error',
    message: '“{name}” holds {count} documents; a pipeline file holds one',
    about: 'A pipeline is one YAML document.',
  },
  'pipeline/wrong-backend': {
    severity: 'error',
    message: 'the pipeline “{pipeline}” does not serve {backend}',
    about:
      'Every pipeline says in `backends` which query languages its names and expressions are for.',
  },
  'pipeline/unknown-backend': {
    severity: 'error',
    message: 'there is no backend {backend}',
    about: 'A pipeline for a backend that does not exist would never be used.',
  },
  'pipeline/log-source-twice': {
    severity: 'error',
    message: 'the file names the log source {logsource} twice',
    about:
      'The later entry would silently stand for both. Several targets of a log source are listed under one entry.',
  },
  'pipeline/unknown-log-source': {
    severity: 'error',
    message: 'no pipeline knows where {backend} keeps the log source {logsource}',
    about:
      'Without a home for the log source the query would search everything. `--unscoped` converts all the same, and the certificate says so.',
  },
  'pipeline/no-target': {
    severity: 'error',
    message: 'no target of the log source {logsource} can carry the rule',
    about:
      'Each possible table, index or source lacks something that the rule needs; the reasons stand beside it.',
  },
  'pipeline/unknown-column': {
    severity: 'error',
    message: '{table} has no column “{column}”',
    about:
      'A pipeline file names a column that the table does not have. Columns of your own are told with `tables`.',
  },
  'pipeline/wrong-type': {
    severity: 'error',
    message: '“{column}” of {table} is of the type {actual}, not {wanted}',
    about: 'A test in the wrong type would not be accepted, or compare something else.',
  },
  'pipeline/value-of-other-type': {
    severity: 'error',
    message: '“{value}” is no value of “{column}” in {table}, which is of the type {type}',
    about: 'A scope with a value that its column cannot hold would find nothing.',
  },
  'pipeline/contradictory-scope': {
    severity: 'error',
    message: 'no row can meet this condition on “{column}” and the one before it',
    about: 'The conditions of a scope are all to hold; these exclude each other.',
  },
  'pipeline/unmapped-field': {
    severity: 'error',
    message: 'the field “{field}” is not in {target}',
    about:
      'The target does not hold the field, so that a test on it would never be true, whatever happened.',
  },
  'pipeline/unsayable-name': {
    severity: 'error',
    message: 'the query text that reads fields of {target} cannot hold the name “{field}”',
    about:
      'A pipeline may say in query text how a field is read out of a document. A name goes into quotes there unless it has control characters or the like; elsewhere only if it is letters, digits and underscores, as others would mean something.',
  },
  'pipeline/unmapped-keywords': {
    severity: 'error',
    message: '{target} has no text to search for keywords',
    about: 'Keywords are looked for in the event as a whole, and the target keeps no such text.',
  },
  'pipeline/value-not-carried': {
    severity: 'error',
    message: '{target} writes “{field}” differently: {reason}',
    about:
      'The target stores the values of the field in another form, in which this test cannot be asked exactly.',
  },
  'pipeline/other-events': {
    severity: 'error',
    message: '{target} holds only the events {events}',
    about: 'The target serves only rules that ask for no other events than those it has.',
  },
  'pipeline/key-over-columns': {
    severity: 'error',
    message:
      '“{field}” is kept in more than one column, and so cannot be a key or a value of a correlation',
    about: 'A correlation groups by one value, or counts one value, for each event.',
  },
  'pipeline/key-dropped': {
    severity: 'error',
    message: 'the pipeline drops “{field}”, and so it cannot be a key or a value of a correlation',
    about:
      'A pipeline drops the fields that its target does not hold. A test of one can be left out; grouping by it cannot.',
  },
  'pipeline/key-rewritten': {
    severity: 'error',
    message:
      '“{field}” is kept in another form, and so cannot be a key or a value of a correlation: {reason}',
    about:
      'Grouping by a rewritten value is exact only if every value has one form and every form one value.',
  },
  'pipeline/key-unmapped': {
    severity: 'error',
    message: 'the key or value “{field}” of the correlation is not in {target}',
    about:
      'The target of a base rule does not hold the field that the correlation groups by or counts.',
  },
  'pipeline/drop-changes-logic': {
    severity: 'error',
    message: 'the pipeline drops “{field}” {where}',
    about:
      'Dropping a line is safe only in an AND that keeps another line, and never under a negation: elsewhere the rule would match what it excludes, or everything.',
  },
  'pipeline/rule-failure': {
    severity: 'error',
    message: 'the pipeline refuses the rule: {message}',
    about:
      'A transformation of the type rule_failure or detection_item_failure met its conditions.',
  },
  'pipeline/strict-mapping': {
    severity: 'error',
    message: 'no field mapping of the pipeline names “{field}”',
    about: 'The pipeline asks with strict_field_mapping_failure that every field be mapped.',
  },
  'pipeline/value-transformation': {
    severity: 'error',
    message: 'the transformation {type} cannot be applied to {what}',
    about:
      'The transformation is defined for texts; on this test its result would be anyone’s guess.',
  },
  'pipeline/no-placeholder-values': {
    severity: 'error',
    message: 'the pipeline has no values for the placeholder “{placeholder}”',
    about:
      'A placeholder transformation names a placeholder for which the pipeline’s `vars` hold nothing.',
  },
  'pipeline/meaning-changed': {
    severity: 'warning',
    message: 'the pipeline changes what the rule means: {how}',
    about:
      'Dropping, replacing or setting values makes the query differ from the rule as written; the certificate says in which direction.',
  },
} as const satisfies Entries<'pipeline'>;
