import type { Lexicon } from '../elastic/lexer.js';

/** The words of ES|QL. */
export const lexicon: Lexicon = {
  area: 'esql',
  escapes: { t: '\t', n: '\n', r: '\r', '"': '"', '\\': '\\' },
  codePointEscapes: false,
  tilde: false,
  symbols: ':: == != <= >= =~ < > = : + - * / % . , ? | ( ) [ ] { }'.split(' '),
};
