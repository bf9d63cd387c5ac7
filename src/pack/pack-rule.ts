import type { Span } from '../diagnostics/index.js';
import { certificateText, claimText } from '../plan/index.js';
import type { Json, ResolvedRule } from '../syntax/index.js';
import { queryFacts, ruleFacts, type Converted, type FactOptions } from './facts.js';
import { unchecked, type ManifestVerdict, type Reason } from './manifest.js';

/** A rule with what its artefacts need; the trees and plans behind it are let go. */
export interface PackedRule {
  readonly guid: string;
  /** Where its title stands. */
  readonly span: Span;
  readonly facts: Readonly<Record<string, Json>>;
  readonly source: { readonly file: string; readonly sha256: string };
  /** One for every target of pack.yml that has backends, in order; undefined for documents. */
  readonly targets: readonly (PackedTarget | undefined)[];
}

export interface PackedTarget {
  readonly backend: string;
  readonly pipelines: readonly string[];
  readonly certificate: string;
  /** What the certificate would say if something ran the language. */
  readonly claims?: string;
  readonly verdict: ManifestVerdict;
  readonly assumptions: readonly string[];
  /** Facts of each query; none for a refused rule. */
  readonly queries: readonly Readonly<Record<string, Json>>[];
  readonly reasons: readonly Reason[];
}

/**
 * Takes a rule and its conversions into a pack: of each target's conversions, which stand in the
 * order of preference, the first that has a query.
 */
export function packRule(
  rule: ResolvedRule,
  conversions: readonly (readonly Converted[])[],
  options: FactOptions,
): PackedRule {
  if (rule.document.kind === 'broken') throw new Error('a broken rule is in no pack');
  const { header } = rule.document;
  const facts = ruleFacts(rule.kind, header, options);
  const { source } = header.span;
  return {
    guid: facts['guid'] as string,
    span: header.title.span,
    facts,
    source: { file: options.fileName(source.name), sha256: options.sha256(source.text) },
    targets: conversions.map((attempts) => packTarget(attempts, facts, options)),
  };
}

function packTarget(
  attempts: readonly Converted[],
  facts: Readonly<Record<string, Json>>,
  { sha256 }: FactOptions,
): PackedTarget | undefined {
  const taken = attempts.find(({ queries }) => queries.length > 0) ?? attempts[0];
  if (!taken) return undefined;
  const { made, destination, queries } = taken;
  const certificate = made?.plan.certificate;
  const refused = queries.length > 0 ? [] : attempts;
  return {
    backend: destination.backend.manifest.id,
    pipelines: destination.pipelines.map(({ id }) => id),
    certificate: certificate ? certificateText(certificate) : 'NONE',
    ...(certificate?.verified === false && { claims: claimText(certificate) }),
    verdict: taken.verdict ?? (queries.length > 0 ? unchecked : refusal),
    assumptions: made?.plan.assumptions ?? [],
    queries: queryFacts(taken, facts, sha256),
    reasons: refused.flatMap(reasonsOf),
  };
}

const refusal: ManifestVerdict = { ...unchecked, verdict: 'refused' };

/** Why a conversion has no query, each reason once. */
function reasonsOf({ diagnostics }: Converted): readonly Reason[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return [...new Map(errors.map(({ code, message }) => [message, { code, message }])).values()];
}
