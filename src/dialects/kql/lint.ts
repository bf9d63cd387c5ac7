import { diagnostic, type Diagnostic, type SourceFile } from '../../diagnostics/index.js';

/** The characters that a Sentinel analytics rule's query may have. */
const longestRule = 10_000;

/** `search *` and `union *`; comments and literals come first, since in them the same letters are text. */
const starOrText =
  /\/\/[^\n]*|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|```[^]*?```|\b(?:search|union)\s+\*/g;

/** What Microsoft's parser accepts and Microsoft Sentinel's scheduled rules do not. */
export function lint(source: SourceFile): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { text } = source;
  for (const { 0: token, index } of text.matchAll(starOrText)) {
    if (!/^[su]/.test(token)) continue;
    const span = { source, start: index, end: index + token.length };
    found.push(diagnostic('kql/sentinel', span, { feature: token }));
  }
  if (text.length > longestRule) {
    const span = { source, start: longestRule, end: text.length };
    found.push(
      diagnostic('kql/sentinel', span, { feature: `a query of ${text.length} characters` }),
    );
  }
  return found;
}
