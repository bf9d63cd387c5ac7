import { convertRule, type Conversion, type ConvertOptions, type Destination } from './convert.js';
import {
  andThen,
  diagnostic,
  outcome,
  shortlist,
  type Outcome,
  type SourceFile,
} from './diagnostics/index.js';
import {
  assemble,
  attackProblems,
  guidOf,
  packRule,
  type AssembleOptions,
  type Attack,
  type Format,
  type ManifestVerdict,
  type Pack,
  type PackFile,
} from './pack/index.js';
import { parse, resolve, type ResolvedRule } from './syntax/index.js';

/** One of the targets of pack.yml, made ready: where its rules go, and in which forms. */
export interface PackDestination {
  /** In order of preference; none for documents. */
  readonly destinations: readonly Destination[];
  readonly formats: readonly Format[];
  readonly options: ConvertOptions;
  /** Whether queries of a language that nothing runs go in. */
  readonly allowsUnverified: boolean;
}

export interface BuildOptions extends Omit<AssembleOptions, 'destinations'> {
  readonly attack: Attack;
  /** Whether the ATT&CK tags of the rules are checked. */
  readonly checksTags?: boolean;
  /** How a source file is named in the pack. */
  readonly fileName: (path: string) => string;
  /** Runs a conversion's queries (`verify`); without it their verdict is `unchecked`. */
  readonly judge?: (conversion: Conversion, options: ConvertOptions) => ManifestVerdict;
  /** Hears how many of the rules are done. */
  readonly progress?: (total: number) => (done: number) => void;
}

/**
 * All files of a content pack: its rules in the forms that its targets ask for, and the manifest.
 * A refused rule is a warning. Rules are taken one at a time, and only what the files need is kept.
 *
 * Errors: `pack/no-rules`, `pack/same-id`, `pack/same-path`, `pack/diverges`, and those of rules that
 * cannot be read.
 */
export function buildPack(
  pack: PackFile,
  targets: readonly PackDestination[],
  sources: readonly SourceFile[],
  options: BuildOptions,
): Outcome<Pack> {
  const resolved = resolve(parse(sources));
  const tags = options.checksTags ? attackProblems(resolved, options.attack) : [];
  const all = resolved.filter(({ output }) => output);
  const broken = all.flatMap((rule) => (rule.kind === 'broken' ? rule.diagnostics : []));
  const rules = all.filter((rule) => rule.kind !== 'broken' && isWanted(rule, pack));
  const tick = options.progress?.(rules.length);
  const packed = rules.map((rule, at) => {
    const inOrder = (target: PackDestination) => ({
      ...target,
      destinations: preferred(target.destinations, rule, pack, options.sha256),
    });
    const conversions = targets.map((target) => attempts(rule, inOrder(target), options));
    tick?.(at + 1);
    return packRule(rule, conversions, { ...options, pack });
  });
  const ids = new Set(packed.map(({ guid }) => guid));
  const unknown = Object.keys(pack.overrides ?? {}).flatMap((id) =>
    ids.has(id) ? [] : [diagnostic('pack/unknown-rule', pack.spanOf('overrides', id), { id })],
  );
  const none = rules.length === 0 ? [diagnostic('pack/no-rules', pack.spanOf('rules'), {})] : [];
  const used = new Set(rules.flatMap(sourcesOf));
  const contents = {
    pack,
    attack: options.attack,
    formats: targets.map(({ formats }) => formats),
    rules: packed,
    sources: sources
      .filter((source) => used.has(source))
      .map(({ name, text }) => ({ path: options.fileName(name), text })),
  };
  const destinations = targets.map((target) => target.destinations);
  return andThen(
    outcome(undefined, [...none, ...shortlist(broken), ...unknown, ...shortlist(tags)]),
    () => assemble(contents, { ...options, destinations }),
  );
}

/** The destinations of a target, those first that pack.yml names for the rule. */
function preferred(
  destinations: readonly Destination[],
  rule: ResolvedRule,
  { overrides = {} }: PackFile,
  sha256: BuildOptions['sha256'],
): readonly Destination[] {
  if (rule.document.kind === 'broken') return destinations;
  const id = guidOf(rule.document.header, sha256);
  const { backends = [] } = Object.hasOwn(overrides, id) ? overrides[id]! : {};
  const rank = ({ backend }: Destination) => {
    const at = backends.indexOf(backend.manifest.id);
    return at < 0 ? backends.length : at;
  };
  return backends.length === 0
    ? destinations
    : destinations.toSorted((one, other) => rank(one) - rank(other));
}

/** Conversions in the order of preference, up to the first that has a query, which is judged. */
function attempts(
  rule: ResolvedRule,
  { destinations, options, allowsUnverified }: PackDestination,
  { judge }: BuildOptions,
): readonly (Conversion & { readonly verdict?: ManifestVerdict })[] {
  const tried: Conversion[] = [];
  for (const destination of destinations) {
    const converted = convertRule(rule, destination, options);
    const conversion = allowsUnverified ? converted : withoutUnverified(converted);
    if (conversion.queries.length > 0)
      return [
        ...tried,
        judge ? { ...conversion, verdict: judge(conversion, options) } : conversion,
      ];
    tried.push(conversion);
  }
  return tried;
}

/** The conversion, refused if nothing runs its language. */
function withoutUnverified(conversion: Conversion): Conversion {
  const { made, rule, destination, diagnostics } = conversion;
  if (made?.plan.certificate.verified !== false) return conversion;
  const { title } = destination.backend.manifest;
  const refusal = diagnostic('pack/unverified', made.plan.origin, { backend: title });
  return { rule, destination, queries: [], diagnostics: [...diagnostics, refusal] };
}

/** Whether a rule has one of the words of every kind that the pack filters by. */
function isWanted({ document }: ResolvedRule, { filter = {} }: PackFile): boolean {
  if (document.kind === 'broken') return false;
  const { level, status, tags } = document.header;
  const has = (words: readonly string[] | undefined, given: readonly (string | undefined)[]) =>
    words === undefined || given.some((each) => each !== undefined && words.includes(each));
  return (
    has(filter.level, [level?.value]) &&
    has(filter.status, [status?.value]) &&
    has(
      filter.tags,
      tags.map(({ value }) => value),
    )
  );
}

/** The rule files that a rule needs: its own, and those of its filters and bases. */
function sourcesOf(rule: ResolvedRule): readonly object[] {
  if (rule.kind === 'broken') return [];
  const own = rule.document.header.span.source;
  return rule.kind === 'detection'
    ? [own, ...rule.filters.map(({ document }) => document.header.span.source)]
    : [own, ...rule.bases.flatMap((base) => sourcesOf(base.rule))];
}
