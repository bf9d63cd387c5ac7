import { diagnostic, type Diagnostic, type SourceFile } from '../../diagnostics/index.js';

/** The characters that a Sentinel analytics rule's query may have. */
const longestRule = 10_000;

/** What Microsoft's parser accepts and Microsoft Sentinel's scheduled rules do not. */
export function lint(source: SourceFile): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { text } = source;
  const star = /\b(?:search|union)\s+\*/.exec(text);
  if (star) {
    const span = { source, start: star.index, end: star.index + star[0].length };
    found.push(diagnostic('kql/sentinel', span, { feature: star[0] }));
  }
  if (text.length > longestRule) {
    const span = { source, start: longestRule, end: text.length };
    found.push(
      diagnostic('kql/sentinel', span, { feature: `a query of ${text.length} characters` }),
    );
  }
  return found;
}
