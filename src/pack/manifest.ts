import { validate } from '../bundled/manifest-schema.js';
import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';

/** `manifest.json` of a pack (schema/manifest.schema.json). */
export interface Manifest {
  readonly manifest: 1;
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly license: string;
  readonly authors: readonly string[];
  readonly date?: string;
  readonly tool: { readonly name: 'isosigma'; readonly version: string };
  readonly attack: string;
  readonly rules: readonly ManifestRule[];
  readonly files: readonly ManifestFile[];
}

export interface ManifestRule {
  /** What the SIEMs know the rule by. */
  readonly id: string;
  readonly title: string;
  /** Rises when, and only when, an artefact of the rule changes. */
  readonly version: number;
  /** SHA-256 of the artefacts of the rule, its version aside. */
  readonly content: string;
  readonly source: { readonly file: string; readonly sha256: string };
  readonly targets: readonly ManifestTarget[];
  /** Files that are this rule's alone; files of the whole pack are not listed here. */
  readonly artifacts: readonly string[];
}

/** What became of a rule in a target of pack.yml. */
export interface ManifestTarget {
  readonly status: 'converted' | 'refused';
  readonly backend: string;
  readonly pipelines: readonly string[];
  readonly certificate: string;
  readonly assumptions: readonly string[];
  /** SHA-256 of each query. */
  readonly queries: readonly string[];
  readonly formats: readonly string[];
  /** Why there is no query, or no artefact of a format. */
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly code: string;
  readonly message: string;
}

export interface ManifestFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * A manifest from its text.
 *
 * Errors: `pack/not-a-pack`.
 */
export function readManifest({ name, text }: SourceFile): Outcome<Manifest> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return validate(value)
    ? success(value as Manifest)
    : failure(diagnostic('pack/not-a-pack', undefined, { path: name }));
}
