import type { Span } from '../diagnostics/index.js';

export interface Transformation {
  readonly span: Span;
}
