export { catalog, type Code } from './catalog/index.js';
export {
  diagnostic,
  hasErrors,
  type Diagnostic,
  type Severity,
  type TextEdit,
} from './diagnostic.js';
export { all, andThen, failure, outcome, success, type Outcome } from './outcome.js';
export {
  lineText,
  positionOf,
  spanning,
  type Position,
  type SourceFile,
  type Span,
} from './source.js';
