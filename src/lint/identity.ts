import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { Text } from '../syntax/index.js';
import type { LintedDocument } from './subject.js';

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whether a rule can be told from others, and goes on to be told from them. */
export function lintIdentifier({ header: { id, title } }: LintedDocument): readonly Diagnostic[] {
  if (!id) return [diagnostic('lint/missing-id', title.span, {})];
  return uuid.test(id.value) ? [] : [diagnostic('lint/not-a-uuid', id.span, { id: id.value })];
}

/** Ids and names that several documents share, and titles of several rules. */
export function lintUniqueness(documents: readonly LintedDocument[]): readonly Diagnostic[] {
  return (['id', 'name', 'title'] as const).flatMap((key) => {
    const first = new Map<string, Text>();
    return documents.flatMap(({ header }) => {
      const text = header[key];
      if (!text) return [];
      const earlier = first.get(text.value);
      if (!earlier) first.set(text.value, text);
      const related = earlier && [{ message: 'the first is here', span: earlier.span }];
      const parameters = { key, value: text.value };
      return related ? [diagnostic('lint/not-unique', text.span, parameters, { related })] : [];
    });
  });
}
