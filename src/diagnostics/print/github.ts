import type { Severity } from '../catalog/entry.js';
import type { Diagnostic } from '../diagnostic.js';
import { diagnosticJson } from './json.js';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/** For GitHub Actions: one workflow command a diagnostic, which shows as an annotation. */
export function printGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(printOne).join('');
}

function printOne(problem: Diagnostic): string {
  const { code, severity, message, file, line, column, endLine, endColumn, help } =
    diagnosticJson(problem);
  const properties = Object.entries({ file, line, endLine, col: column, endColumn, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const text = help === undefined ? message : `${message}\n${help}`;
  return `::${commands[severity]} ${properties}::${escapeData(text)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
