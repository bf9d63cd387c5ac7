import { diagnostic, didYouMean, type Diagnostic, type Span } from '../../diagnostics/index.js';
import type { Column, Documents } from '../elastic/documents.js';
import type { FieldReference } from './ast.js';

/** What the compiler of a query knows and whom it tells. */
export interface Scope {
  readonly documents: Documents;
  readonly report: (problem: Diagnostic) => void;
  /** A function fails on a document, which ends the query; gives null so that evaluation can go on. */
  readonly failed: (row: number, span: Span, reason: string) => null;
}

/**
 * The column of a field; `unmapped` for an optional field without one; undefined after an error.
 * A text field is read through its keyword sub-field.
 */
export function columnOf(
  { name, optional, span }: FieldReference,
  scope: Scope,
): Column | 'unmapped' | undefined {
  const column = scope.documents.column(name);
  if (!column) {
    if (optional) return 'unmapped';
    const meant = didYouMean(name, scope.documents.names());
    scope.report(diagnostic('eql/unknown-column', span, { field: name }, meant));
    return undefined;
  }
  if (column.conflict !== undefined) {
    const types = { field: name, first: column.type, second: column.conflict };
    scope.report(diagnostic('eql/conflicting-types', span, types));
    return undefined;
  }
  if (column.family === 'other' || column.family === 'keyed') {
    scope.report(diagnostic('eql/field-type', span, { field: name, type: column.type }));
    return undefined;
  }
  if (column.type !== 'text') return column;
  const exact = scope.documents
    .names()
    .filter((each) => each.startsWith(`${name}.`) && !each.includes('.', name.length + 1))
    .map((each) => scope.documents.column(each)!)
    .find(({ type }) => type === 'keyword');
  if (!exact) scope.report(diagnostic('eql/no-exact-value', span, { field: name }));
  return exact;
}
