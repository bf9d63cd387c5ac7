import type { Diagnostic, Span } from '../diagnostics/index.js';
import type {
  BrokenDocument,
  CorrelationDocument,
  DetectionDocument,
  FilterDocument,
  Selection,
} from './ast.js';

/**
 * A rule whose names have been found. One stands for every detection and correlation document, in
 * input order; a rule with an error in it, or in a rule or filter that it needs, is broken.
 */
export type ResolvedRule = ResolvedDetection | ResolvedCorrelation | BrokenRule;

export interface ResolvedDetection {
  readonly kind: 'detection';
  readonly document: DetectionDocument;
  /** OR-linked. */
  readonly conditions: readonly ResolvedCondition[];
  /** The filters that apply; each is ANDed as written. */
  readonly filters: readonly ResolvedFilter[];
  /** False for a rule that only serves a correlation (`generate` not set). */
  readonly output: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ResolvedFilter {
  readonly document: FilterDocument;
  readonly conditions: readonly ResolvedCondition[];
}

/** A condition over selections; `1 of` and `all of` are written out. */
export type ResolvedCondition =
  | {
      readonly kind: 'and' | 'or';
      readonly operands: readonly ResolvedCondition[];
      readonly span: Span;
    }
  | { readonly kind: 'not'; readonly operand: ResolvedCondition; readonly span: Span }
  | { readonly kind: 'selection'; readonly selection: Selection; readonly span: Span };

export interface ResolvedCorrelation {
  readonly kind: 'correlation';
  readonly document: CorrelationDocument;
  /** The referenced rules, in the order of `rules`. */
  readonly bases: readonly ResolvedBase[];
  readonly output: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ResolvedBase {
  /** As the correlation refers to it. */
  readonly reference: string;
  readonly rule: ResolvedDetection | ResolvedCorrelation;
  readonly span: Span;
}

export interface BrokenRule {
  readonly kind: 'broken';
  readonly document: DetectionDocument | CorrelationDocument | BrokenDocument;
  /** Always true for a document that could not be read at all. */
  readonly output: boolean;
  readonly diagnostics: readonly Diagnostic[];
}
