import fc from 'fast-check';

/** What ends a literal, a name or a comment somewhere. */
export const ends = [
  ...['"', '""', '"""', "'", "''", '`', '``', '```', '\\', '\\\\', '\\"', "\\'", '*/', "']", '"]'],
];

/** What ends a line somewhere, what nobody sees, and what turns the text around it. */
export const unseen = [
  ...['\n', '\r', '\t', '\u0000', '\u001b', '\u007f', '\u0085', '\u00a0', '\u00ad', '\ufeff'],
  ...['\u2028', '\u2029', '\u200b', '\u202e', '\u{e0001}', '\u{1f600}', '\ufffd', 'é'],
];

/** What stands for something: in a pattern, in a template, in a replacement. */
export const signs = [
  ...['*', '?', '.', '+', '^', '$', '$&', "$'", '$`', '$$', '$1', '{field}', '{value}', '{{x}}'],
  ...['//', '/*', '#', '|', ';', ',', '(', ')', '[', ']', '{', '}', '<', '>', '=', '~', '%', '@"'],
  ...[' or true ', ' and false ', ' OR * ', ' == ', '"" or "', '\\u{22}', '\\x22', '&quot;', "['"],
  ...['-', '_', ':', '@', '&', '!', ' ', 'null', 'true', '0', '1e9', '__proto__', 'constructor'],
];

/** A text made to leave its place. */
export const evilText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('a', 'B', 'x1') },
      { weight: 4, arbitrary: fc.constantFrom(...ends) },
      { weight: 4, arbitrary: fc.constantFrom(...unseen) },
      { weight: 4, arbitrary: fc.constantFrom(...signs) },
      { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 4, unit: 'binary' }) },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

/** A value of YAML or JSON that nobody expects where it stands. */
export const evilValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: evilText },
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, '', [], {}, [[]], [null], { a: {} }),
  fc.array(evilText, { maxLength: 3 }),
  fc.dictionary(evilText, evilText, { maxKeys: 3 }),
);
