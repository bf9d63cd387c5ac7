import type { Lexicon } from '../elastic/lexer.js';

/** The words of EQL. */
export const lexicon: Lexicon = {
  area: 'eql',
  escapes: { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\' },
  codePointEscapes: true,
  tilde: true,
  symbols: '== != <= >= ![ < > = : + - * / % . , ? | ( ) [ ]'.split(' '),
};
