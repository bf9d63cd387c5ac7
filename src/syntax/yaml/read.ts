import { YAMLException, parseEvents } from 'js-yaml';
import { all, diagnostic, documentStarts, failure } from '../../diagnostics/index.js';
import type { Diagnostic, Outcome, SourceFile } from '../../diagnostics/index.js';
import { buildTrees, maxDepth } from './build.js';
import type { Yaml } from './tree.js';

/** No rule comes near it; a data file given by mistake does. In UTF-16 units. */
const maxLength = 16_000_000;

/**
 * The documents of a YAML 1.2 text, each with its own errors: one that cannot be read does not
 * hide the others.
 */
export function readDocuments(source: SourceFile): readonly Outcome<Yaml>[] {
  const { text } = source;
  if (text.length > maxLength) {
    return [
      failure(diagnostic('yaml/too-large', undefined, { name: source.name, limit: maxLength })),
    ];
  }
  const whole = readPart(source, text, 0);
  if (whole.length > 1 || whole[0]?.ok !== false) return whole;
  const starts = documentStarts(source);
  return starts.flatMap((start, index) => {
    const part = text.slice(start, starts[index + 1]);
    return part.trim() === '' ? [] : readPart(source, part, start);
  });
}

/** All documents of a YAML 1.2 text as located trees, or the errors of those that have any. */
export function readYaml(source: SourceFile): Outcome<readonly Yaml[]> {
  return all(readDocuments(source));
}

function readPart(source: SourceFile, text: string, offset: number): readonly Outcome<Yaml>[] {
  const binary = text.search(/[\0\uFFFD]|\p{Surrogate}/u);
  if (binary >= 0) {
    const span = { source, start: offset + binary, end: offset + binary + 1 };
    return [failure(diagnostic('yaml/not-text', span, { code: hex(text.charCodeAt(binary)) }))];
  }
  try {
    return buildTrees(source, text, offset, parseEvents(text, { maxDepth }));
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return [failure(syntaxError(source, text, offset, error))];
  }
}

function syntaxError(
  source: SourceFile,
  text: string,
  offset: number,
  { reason, mark }: YAMLException,
): Diagnostic {
  const at = Math.min(mark?.position ?? 0, text.length);
  // At the end of the text there is nothing to see: point behind its last character.
  const start = offset + (at === text.length ? text.trimEnd().length : at);
  const span = { source, start, end: start + 1 };
  if (reason.includes('maxDepth')) return diagnostic('yaml/too-deep', span, { limit: maxDepth });
  if (reason.startsWith('tab characters')) return diagnostic('yaml/tab', span, {});
  return diagnostic('yaml/syntax', span, { reason });
}

function hex(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
