import { diagnostic, type Span } from '../../diagnostics/index.js';
import { compileRegex } from '../../regex/index.js';
import { compileGlob, type GlobPart } from '../elastic/glob.js';
import { translateRegex } from '../elastic/lucene-regex.js';
import { foldCase } from '../elastic/scalar.js';
import type { Literal, MatchOperator } from './ast.js';
import type { Scope } from './scope.js';

/** A test of a whole text. */
export type TextTest = (text: string) => boolean;

/** A test of `*` and `?`, which nothing escapes. */
export function wildcardTest(pattern: string, ignoreCase: boolean): TextTest {
  const written = ignoreCase ? foldCase(pattern) : pattern;
  const parts = written.split(/([*?])/).filter((part) => part !== '');
  const test = compileGlob(
    parts.map((part): GlobPart => {
      if (part === '*') return { wildcard: 'any-run' };
      return part === '?' ? { wildcard: 'any-one' } : part;
    }),
  );
  return ignoreCase ? (text) => test(foldCase(text)) : test;
}

/** The test of one pattern of `:`, `like` or `regex`; undefined after an error. */
export function compilePattern(
  operator: MatchOperator,
  { value, span }: Literal,
  scope: Scope,
): TextTest | undefined {
  const pattern = String(value);
  if (operator === 'regex' || operator === 'regex~') {
    return regexTest(pattern, operator === 'regex~', span, scope);
  }
  return wildcardTest(pattern, operator !== 'like');
}

function regexTest(
  pattern: string,
  ignoreCase: boolean,
  span: Span,
  scope: Scope,
): TextTest | undefined {
  const translated = translateRegex(pattern, ignoreCase);
  if (typeof translated === 'string') {
    scope.report(diagnostic('eql/regex', span, { reason: translated }));
    return undefined;
  }
  for (const character of translated.literalAnchors) {
    scope.report(diagnostic('eql/literal-anchor', span, { character }));
  }
  for (const [escape, meaning] of translated.classes) {
    scope.report(diagnostic('eql/regex-class', span, { escape, meaning }));
  }
  const compiled = compileRegex(translated.source, {}, span);
  if (compiled.ok) return compiled.value.found;
  const reason = compiled.diagnostics.map(({ message }) => message).join('; ');
  scope.report(diagnostic('eql/regex', span, { reason }));
  return undefined;
}
