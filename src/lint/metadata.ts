import { diagnostic, didYouMean } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { Text } from '../syntax/index.js';
import { repeated } from './repeated.js';
import type { LintedDocument } from './subject.js';

const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const levels = ['informational', 'low', 'medium', 'high', 'critical'];
const relations = ['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation'];
const limits = { title: 256, name: 256, taxonomy: 256, description: 65_535 } as const;

/** Metadata as the specification has it (Sigma rules 2.1, and its JSON schemas). */
export function lintMetadata(document: LintedDocument): readonly Diagnostic[] {
  const { header } = document;
  return [
    ...oneOf('status', header.status, statuses),
    ...oneOf('level', header.level, levels),
    ...header.related.flatMap(({ type }) => oneOf('related type', type, relations)),
    ...dates(document),
    ...Object.entries(limits).flatMap(([key, limit]) => {
      const text = header[key as keyof typeof limits];
      return text && text.value.length > limit
        ? [diagnostic('lint/too-long', text.span, { key, limit })]
        : [];
    }),
    ...(['references', 'tags', 'falsepositives', 'fields'] as const).flatMap((key) =>
      repeated(header[key], ({ value }) => value).map(({ value, span }) =>
        diagnostic('lint/repeated', span, { value, key }),
      ),
    ),
  ];
}

function oneOf(key: string, text: Text | undefined, known: readonly string[]): Diagnostic[] {
  if (!text || known.includes(text.value)) return [];
  const parameters = { key, value: text.value, known: known.join(', ') };
  return [diagnostic('lint/unknown-value', text.span, parameters, didYouMean(text.value, known))];
}

function dates({ header: { date, modified } }: LintedDocument): readonly Diagnostic[] {
  const wrong = [date, modified].filter((text) => text !== undefined && !isDate(text.value));
  if (wrong.length > 0) {
    return wrong.map((text) => diagnostic('lint/not-a-date', text!.span, { date: text!.value }));
  }
  return date && modified && modified.value < date.value
    ? [diagnostic('lint/modified-before-date', modified.span, { date: date.value })]
    : [];
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
