export type { Severity } from './catalog/entry.js';
export { catalog, type Code } from './catalog/index.js';
export { diagnostic, hasErrors, type Diagnostic, type TextEdit } from './diagnostic.js';
export { all, andThen, failure, outcome, success, type Outcome } from './outcome.js';
export {
  documentStarts,
  positionOf,
  spanning,
  type Position,
  type SourceFile,
  type Span,
} from './source.js';
export { mostTold, shortlist } from './shortlist.js';
export { didYouMean, suggest, suggestions } from './suggest.js';
export { printGithub } from './print/github.js';
export { diagnosticJson, printJson, type DiagnosticJson } from './print/json.js';
export { printSarif } from './print/sarif.js';
export { excerpt } from './print/excerpt.js';
export { printText, type TextStyle } from './print/text.js';
