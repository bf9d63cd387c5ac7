import type { Diagnostic } from '../diagnostics/index.js';
import type { Backend } from './backend.js';
import type { Expression } from './planned-query.js';

/** What is collected while the parts of one rule are arranged. */
export interface Notes {
  readonly backend: Backend;
  /** The columns that the target is known to have. */
  readonly columns: Readonly<Record<string, unknown>> | undefined;
  /** Of all fields of the rule, and of computed columns. */
  readonly names: Set<string>;
  readonly classes: Set<string>;
  readonly assumptions: Set<string>;
  readonly diagnostics: Diagnostic[];
  /** Computed columns that the first context tests for the second. */
  readonly flags: { readonly name: string; readonly expression: Expression }[];
}

/** Nothing collected yet but what every query of the backend takes for granted. */
export function newNotes(backend: Backend): Notes {
  return {
    backend,
    columns: undefined,
    names: new Set(),
    classes: new Set(),
    assumptions: new Set(backend.manifest.assumptions),
    diagnostics: [],
    flags: [],
  };
}
