import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { LintedDocument } from './subject.js';

/** File names as the specification has them (Sigma rules 2.1, "Yaml File"): once for each file. */
export function lintFileNames(documents: readonly LintedDocument[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return documents.flatMap(({ header: { span, title } }) => {
    const path = span.source.name;
    const name = path.split(/[\\/]/).at(-1)!;
    if (path === '-' || seen.has(path)) return [];
    seen.add(path);
    return /^[a-z0-9_]{6,66}\.yml$/.test(name)
      ? []
      : [diagnostic('lint/file-name', title.span, { name })];
  });
}
