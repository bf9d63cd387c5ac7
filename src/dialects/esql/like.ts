import { diagnostic, type Span } from '../../diagnostics/index.js';
import { compileRegex } from '../../regex/index.js';
import { compileGlob, type GlobPart } from '../elastic/glob.js';
import { translateRegex } from '../elastic/lucene-regex.js';
import { isString } from './cell.js';
import { mistyped, type Scope } from './scope.js';
import { singleValue, type Value } from './value.js';

type TextTest = (text: string) => boolean;

/** Compiles `subject LIKE (…)` or `RLIKE`: the whole value, with its case, is one of the patterns. */
export function compileLike(
  operator: 'LIKE' | 'RLIKE',
  subject: Value,
  patterns: readonly string[],
  span: Span,
  scope: Scope,
): Value | undefined {
  if (!isString(subject.type) && subject.type !== 'null') {
    mistyped(scope, subject.span, operator, 'a string', subject.type);
    return undefined;
  }
  const compile = operator === 'LIKE' ? compileWildcards : compileLucene;
  const tests = patterns.map((pattern) => compile(pattern, span, scope));
  if (!tests.every((test) => test !== undefined)) return undefined;
  return {
    type: 'boolean',
    constant: subject.constant,
    span,
    read: (row) => {
      const value = singleValue(subject, row, scope);
      return value === null ? null : tests.some((test) => test(String(value)));
    },
  };
}

function refusePattern(reason: string, span: Span, scope: Scope): void {
  scope.report(diagnostic('esql/pattern', span, { reason }));
}

/** `*` is any run, `?` any one character; a backslash takes both and itself literally. */
function compileWildcards(pattern: string, span: Span, scope: Scope): TextTest | undefined {
  const parts: GlobPart[] = [];
  let literal = '';
  const flush = (wildcard?: 'any-run' | 'any-one'): void => {
    if (literal !== '') parts.push(literal);
    literal = '';
    if (wildcard) parts.push({ wildcard });
  };
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '*') flush('any-run');
    else if (character === '?') flush('any-one');
    else if (character !== '\\') literal += character;
    else {
      const escaped = pattern[++at];
      if (escaped !== '*' && escaped !== '?' && escaped !== '\\') {
        const reason = 'a backslash stands only before *, ? and \\';
        refusePattern(reason, span, scope);
        return undefined;
      }
      literal += escaped;
    }
  }
  flush();
  return compileGlob(parts);
}

function compileLucene(pattern: string, span: Span, scope: Scope): TextTest | undefined {
  const translated = translateRegex(pattern, false);
  if (typeof translated === 'string') {
    refusePattern(translated, span, scope);
    return undefined;
  }
  for (const character of translated.literalAnchors) {
    scope.report(diagnostic('esql/literal-anchor', span, { character }));
  }
  for (const [escape, meaning] of translated.classes) {
    scope.report(diagnostic('esql/regex-class', span, { escape, meaning }));
  }
  const compiled = compileRegex(translated.source, {}, span);
  if (compiled.ok) return compiled.value.found;
  refusePattern(compiled.diagnostics.map(({ message }) => message).join('; '), span, scope);
  return undefined;
}
