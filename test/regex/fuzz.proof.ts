import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRegex, parseRegex } from '../../src/regex/index.js';

const token = fc.constantFrom(
  ...'aB1.*+?|()[]{}^$\\-,:!=<>& \n"~'.split(''),
  ...[
    '(?:',
    '(?i)',
    '(?i:',
    '(?-i)',
    '(?s-m:',
    '(?P<n>',
    '(?U)',
    '(?=',
    '\\d',
    '\\W',
    '\\b',
    '\\Q',
    '\\E',
  ],
  ...[
    '{2}',
    '{1,3}',
    '{2,}',
    '[^',
    '[[:alpha:]]',
    '[:^digit:]',
    '\\x41',
    '\\x{2F}',
    '\\07',
    '\\1',
    '\\z',
    '\\pL',
    'é',
  ],
);
const source = fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join(''));

test('the parser accepts what the engine accepts, or says which construct it refuses', () => {
  fc.assert(
    fc.property(source, (text) => {
      const engine = compileRegex(text, {});
      const parser = parseRegex(text, {});
      const refused = !parser.ok && parser.diagnostics[0]!.code === 'regex/unsupported';
      fc.pre(!refused);
      expect(parser.ok).toBe(engine.ok);
    }),
    { numRuns: 20_000 },
  );
});
