import type { Severity } from '../catalog/entry.js';
import type { Diagnostic } from '../diagnostic.js';
import { positionOf } from '../source.js';

/** A diagnostic as all JSON outputs have it: lines and columns from 1, the end exclusive. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly help?: string;
}

export function diagnosticJson({
  code,
  severity,
  message,
  span,
  help,
}: Diagnostic): DiagnosticJson {
  const start = span && positionOf(span.source, span.start);
  const end = span && positionOf(span.source, span.end);
  return {
    code,
    severity,
    message,
    ...(span && { file: span.source.name }),
    ...(start && { line: start.line, column: start.column }),
    ...(end && { endLine: end.line, endColumn: end.column }),
    ...(help !== undefined && { help }),
  };
}

/** For programs: `{"diagnostics": […]}`. */
export function printJson(diagnostics: readonly Diagnostic[]): string {
  return `${JSON.stringify({ diagnostics: diagnostics.map(diagnosticJson) }, undefined, 2)}\n`;
}
