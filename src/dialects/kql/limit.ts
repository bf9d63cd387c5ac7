import { diagnostic, type Diagnostic, type SourceFile } from '../../diagnostics/index.js';

/** What Microsoft's parser reads in a few seconds: its time grows faster than these. */
const maximumNesting = 200;
const maximumTerms = 5000;
const maximumOperators = 500;
const maximumCommas = 50_000;
const maximumPaths = 10_000;
const maximumLength = 2_000_000;
/** The binder looks at every column again for every operator; what makes a column has a comma. */
const maximumColumnsSeen = 500_000;

/**
 * The most rows that an operator gives. Kusto has no such number: an operator fails there when it holds
 * more memory than `maxmemoryconsumptionperiterator` allows, 5 GB by default.
 */
export const maximumRows = 1_000_000;

/** Literals and comments, in which nothing counts; then what divides a query. */
export const queryTokens =
  /\/\/[^\n]*|[hH]?@"(?:[^"]|"")*"|[hH]?@'(?:[^']|'')*'|[hH]?"(?:[^"\\\n]|\\.)*"|[hH]?'(?:[^'\\\n]|\\.)*'|```[^]*?```|[([{]|[)\]}]|\b(?:and|or)\b|[|,;]|["']|-{50,}/gi;

/** Why the query is not even parsed, if it is so deep or long that parsing has no bound. */
export function overly(source: SourceFile): Diagnostic | undefined {
  const { length } = source.text;
  if (length > maximumLength) {
    const limit = `more than ${maximumLength} characters`;
    return diagnostic('kql/too-complex', { source, start: 0, end: 1 }, { limit });
  }
  let depth = 0;
  let terms = 0;
  let operators = 0;
  let commas = 0;
  let strays = 0;
  let paths = 0;
  for (const { 0: text, index } of source.text.matchAll(queryTokens)) {
    const at = (limit: string) =>
      diagnostic('kql/too-complex', { source, start: index, end: index + text.length }, { limit });
    if (text === '[') paths++;
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text)) depth--;
    else if (/^(?:and|or)$/i.test(text)) terms++;
    else if (text === '|') operators++;
    else if (text === ',') commas++;
    else if (/^["']$/.test(text)) strays++;
    if (depth > maximumNesting) return at(`more than ${maximumNesting} nested brackets`);
    if (terms > maximumTerms) return at(`more than ${maximumTerms} conditions`);
    if (operators > maximumOperators) return at(`more than ${maximumOperators} operators`);
    if (commas > maximumCommas) return at(`more than ${maximumCommas} commas`);
    if (paths > maximumPaths) return at(`more than ${maximumPaths} square brackets`);
    if (operators * commas > maximumColumnsSeen)
      return at('too many columns for so many operators');
    if (strays > 50) return at('unbalanced quotes');
    if (text.startsWith('-')) return at('a row of minus signs');
  }
  return undefined;
}
