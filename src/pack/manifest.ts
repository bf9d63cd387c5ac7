import { strToU8 } from 'fflate';
import { validate } from '../bundled/manifest-schema.js';
import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';

export const manifestFile = 'manifest.json';

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
  /** Where the rules of each target of pack.yml go. */
  readonly destinations: readonly (readonly ManifestDestination[])[];
  /** What the verdicts were reached with; absent if nothing was run. */
  readonly verification?: Verification | undefined;
  readonly rules: readonly ManifestRule[];
  readonly files: readonly ManifestFile[];
}

/** A query language and its pipelines; a version is the SHA-256 of the data that it is made of. */
export interface ManifestDestination {
  readonly backend: string;
  readonly version: string;
  readonly pipelines: readonly { readonly id: string; readonly version: string }[];
}

/** The options of `verify`: chance starts from the seed, and `now` is in epoch milliseconds. */
export interface Verification {
  readonly runs: number;
  readonly seed: number;
  readonly now: number;
}

/** What `verify` says of a conversion's queries: rendering, mapping, and how much was compared. */
export interface ManifestVerdict {
  readonly verdict: 'equal' | 'diverges' | 'refused' | 'unchecked';
  readonly mapping: 'equal' | 'diverges' | 'unchecked';
  readonly cases: number;
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
export interface ManifestTarget extends ManifestVerdict {
  readonly status: 'converted' | 'refused';
  readonly backend: string;
  readonly pipelines: readonly string[];
  readonly certificate: string;
  /** What it would be if something ran the language. */
  readonly claims?: string;
  readonly assumptions: readonly string[];
  readonly queries: readonly { readonly text: string; readonly sha256: string }[];
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

export function manifestBytes(manifest: Manifest): Uint8Array {
  return strToU8(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** Of queries that nobody has run. */
export const unchecked: ManifestVerdict = { verdict: 'unchecked', mapping: 'unchecked', cases: 0 };

/** The manifest as a build that runs no query writes it. */
export function withoutVerdicts(manifest: Manifest): Manifest {
  return {
    ...manifest,
    verification: undefined,
    rules: manifest.rules.map((rule) => ({
      ...rule,
      targets: rule.targets.map((target) =>
        target.status === 'refused' ? target : { ...target, ...unchecked },
      ),
    })),
  };
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
