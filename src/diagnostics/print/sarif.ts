import type { Entry, Severity } from '../catalog/entry.js';
import { catalog } from '../catalog/index.js';
import type { Diagnostic } from '../diagnostic.js';
import { positionOf, type Span } from '../source.js';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** For code scanning: a SARIF 2.1.0 log (OASIS standard). */
export function printSarif(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'isosigma',
            rules: codes.map((code) => {
              const { about, severity }: Entry = catalog[code];
              const defaultConfiguration = { level: levels[severity] };
              return { id: code, fullDescription: { text: about }, defaultConfiguration };
            }),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(({ code, severity, message, span, help, related, fix }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level: levels[severity],
          message: { text: help === undefined ? message : `${message}\n${help}` },
          ...(span && { locations: [locationOf(span)] }),
          ...(related && {
            relatedLocations: related.map((note) => ({
              ...locationOf(note.span),
              message: { text: note.message },
            })),
          }),
          ...(fix && {
            fixes: fix.map((edit) => ({
              artifactChanges: [
                {
                  artifactLocation: { uri: uriOf(edit.span) },
                  replacements: [
                    { deletedRegion: regionOf(edit.span), insertedContent: { text: edit.text } },
                  ],
                },
              ],
            })),
          }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function locationOf(span: Span): { readonly physicalLocation: object } {
  return { physicalLocation: { artifactLocation: { uri: uriOf(span) }, region: regionOf(span) } };
}

function regionOf({ source, start, end }: Span): object {
  const first = positionOf(source, start);
  const last = positionOf(source, end);
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
  };
}

/** The name as a relative URI; half a surrogate pair, which no URI can hold, is replaced. */
function uriOf({ source }: Span): string {
  const parts = source.name
    .replaceAll('\\', '/')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/');
  return parts.map(encodeURIComponent).join('/');
}
