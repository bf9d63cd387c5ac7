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
  'array-as-text': 'A list holds texts without quotes, so that its text shows them as they are.',
  'keyword-columns': 'The columns that are searched for keywords hold the whole text of the event.',
  'address-text':
    'A text that holds an address holds nothing but the address: no blanks, leading zeros, zone or prefix length. The zeros of a mapped one are all written out, or shortened at the front.',
  'canonical-addresses':
    'An address has the text that a field for addresses gives back: IPv6 in RFC 5952, and no mapped ones.',
  'double-precision': 'A text that holds a number has no more digits than a double can.',
};
