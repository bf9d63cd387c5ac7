/**
 * The data on which a query is exact, by the name that a certificate has for it: what no value, no event
 * or no stream is like. What verification leaves out for each is written in src/verify/classes.ts.
 */
export const classes: Readonly<Record<string, string>> = {
  scalar: 'No field that is tested holds several values.',
  'no-empty': 'No value is the empty string.',
  'no-missing': 'No event lacks a field that is tested.',
  'no-null': 'No value is null.',
  'no-null-sign': 'No value is the sign ␀, which stands for a key that is missing.',
  'no-empty-keys': 'No field by which events are grouped is the empty string.',
  'tie-free': 'No two events of a stream have the same time.',
  disjoint: 'No event matches two of the rules.',
  unscoped: 'There are no events but those of the log source: the query does not ask for it.',
  'argument-position':
    'What the rule looks for in an argument of a process stands there, or in no argument: the list has no positions.',
  'array-as-text': 'A list holds texts without quotes, so that its text shows them as they are.',
  'mapped-fields':
    'An event of one of the indices has had each field that is tested, so that the field is mapped: without, ES|QL stops the whole query with an error. From 9.3 on, as a preview, `SET unmapped_fields="nullify";` before the query takes such a field for null.',
  'keyword-columns':
    'What the rule looks for anywhere in the event stands in the columns that hold its text, or nowhere.',
  'address-text':
    'A text that holds an address holds nothing but the address: no blanks, leading zeros, zone or prefix length. The zeros of a mapped one are all written out, or shortened at the front.',
  'canonical-addresses':
    'An address has the text that a field for addresses gives back: IPv6 in RFC 5952, and no mapped ones.',
  'ascii-case-folding':
    'No value has a letter beyond ASCII that folds to one of ASCII (K to k, ſ to s, İ to i); other letters beyond ASCII have the case that the rule writes.',
  'double-precision': 'A text that holds a number has no more digits than a double can.',
  'splunk-append':
    'What append adds is at most 50,000 rows, found in 60 seconds, if limits.conf says nothing else: the rest is left out in silence.',
  'splunk-memory':
    'eventstats and streamstats need no more memory than `max_mem_usage_mb`: beyond it they add no fields.',
  'splunk-mvexpand':
    'The lists that mvexpand unfolds need no more memory than `max_mem_usage_mb`: the rest is left out.',
};
