import {
  andThen,
  shortlist,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
} from './diagnostics/index.js';
import type { Rule } from './ir/index.js';
import { lower, placeholderNames } from './lower/index.js';
import { placeholders, transform, type Pipeline, type TransformOptions } from './pipeline/index.js';
import {
  certificateText,
  claimText,
  plan,
  type Backend,
  type PlanOptions,
  type QueryPlan,
} from './plan/index.js';
import { render } from './render/index.js';
import { parse, resolve, type ResolvedRule } from './syntax/index.js';

/** A query language, and the pipelines that lead to the place where the logs are. */
export interface Destination {
  readonly backend: Backend;
  readonly pipelines: readonly Pipeline[];
}

export interface ConvertOptions extends PlanOptions, Omit<TransformOptions, 'backend'> {}

/** One rule for one destination: its queries, or none and an error that says why; at most twenty problems are told. */
export interface Conversion {
  readonly rule: ResolvedRule;
  readonly destination: Destination;
  readonly queries: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** How the queries came about; absent for a refused rule. */
  readonly made?: { readonly meaning: Rule; readonly mapped: Rule; readonly plan: QueryPlan };
}

/** Every rule that is output, for every destination, in this order. */
export function convert(
  sources: readonly SourceFile[],
  destinations: readonly Destination[],
  options: ConvertOptions,
): readonly Conversion[] {
  return [...conversionsOf(resolve(parse(sources)), destinations, options)];
}

/** The same one after the other, so that nothing is kept of a conversion that the caller lets go. */
export function* conversionsOf(
  rules: readonly ResolvedRule[],
  destinations: readonly Destination[],
  options: ConvertOptions,
): Generator<Conversion, void, void> {
  for (const rule of rules) {
    if (!rule.output) continue;
    for (const destination of destinations) yield convertRule(rule, destination, options);
  }
}

/** The path: what a rule means, where its logs lie, how to say it there, and the words for it. */
export function convertRule(
  rule: ResolvedRule,
  destination: Destination,
  options: ConvertOptions,
): Conversion {
  const { backend, pipelines } = destination;
  const made = andThen(meaningOf(rule, pipelines), (meaning) =>
    andThen(transform(meaning, pipelines, { ...options, backend: backend.manifest.id }), (mapped) =>
      andThen(plan(mapped, backend, options), (planned) =>
        andThen(render(planned, backend), (queries) =>
          success({ queries, made: { meaning, mapped, plan: planned } }),
        ),
      ),
    ),
  );
  const diagnostics = shortlist(made.diagnostics);
  if (!made.ok) return { rule, destination, queries: [], diagnostics };
  return { rule, destination, diagnostics, ...made.value };
}

/**
 * The last meaning that no pipeline had a part in, so that a rule for several destinations is lowered
 * once; those of the rules before would only take up room.
 */
let latest: { readonly rule: ResolvedRule; readonly meaning: Outcome<Rule> } | undefined;

/** What the rule means, with the placeholders' values that the pipelines give. */
export function meaningOf(rule: ResolvedRule, pipelines: readonly Pipeline[]): Outcome<Rule> {
  if (rule.kind === 'broken') return { ok: false, diagnostics: rule.diagnostics };
  if (latest?.rule === rule) return latest.meaning;
  let asked = 0;
  const lowered = lower(rule, (base) => {
    const names = placeholderNames(base);
    asked += names.length;
    return placeholders(pipelines, base.document, names);
  });
  const meaning = andThen(success(rule, rule.diagnostics), () => lowered);
  if (asked === 0) latest = { rule, meaning };
  return meaning;
}

/** The certificate of a conversion as a word; `NONE` for a refused rule. */
export function certificateOf({ made }: Conversion): string {
  return made ? certificateText(made.plan.certificate) : 'NONE';
}

/** What the certificate would say if something ran the language; absent where something does. */
export function claimsOf({ made }: Conversion): { readonly claims?: string } {
  const certificate = made?.plan.certificate;
  return certificate && !certificate.verified ? { claims: claimText(certificate) } : {};
}
