import {
  diagnostic,
  outcome,
  type Diagnostic,
  type Outcome,
  type Span,
} from '../diagnostics/index.js';
import {
  buildArtifacts,
  contentOf,
  itemsOf,
  uniqueName,
  type Artifact,
  type Contents,
} from './build.js';
import type { Sha256 } from './facts.js';
import { overLimit } from './limits.js';
import {
  manifestBytes,
  manifestFile,
  unchecked,
  type Manifest,
  type ManifestDestination,
  type ManifestRule,
  type Reason,
  type Verification,
} from './manifest.js';
import type { PackedRule } from './pack-rule.js';

/** All files of a pack; the last is its manifest. */
export interface Pack {
  readonly files: readonly Pick<Artifact, 'path' | 'bytes'>[];
  readonly manifest: Manifest;
}

export interface AssembleOptions {
  readonly sha256: Sha256;
  /** The version of Isosigma. */
  readonly tool: string;
  /** The pack before this one: rules that did not change keep their version. */
  readonly previous?: Manifest;
  /** Where the rules of each target go. */
  readonly destinations: readonly (readonly AssembledDestination[])[];
  /** What verdicts were reached with; the manifest has none without it. */
  readonly verification?: Verification;
}

/** A destination as src/convert.ts has it. */
interface AssembledDestination {
  readonly backend: { readonly manifest: { readonly id: string; readonly version: string } };
  readonly pipelines: readonly { readonly id: string; readonly version?: string }[];
}

/**
 * The files of a pack with their manifest. A refused rule is a warning, and an entry in the manifest.
 *
 * Errors: `pack/same-id`, `pack/same-path`, `pack/same-name`, `pack/diverges`.
 */
export function assemble(
  contents: Omit<Contents, 'versions'>,
  options: AssembleOptions,
): Outcome<Pack> {
  const { sha256, previous } = options;
  const bare = { ...contents, versions: new Map<string, number>() };
  const hashes = new Map(contents.rules.map((rule) => [rule.guid, sha256(contentOf(rule, bare))]));
  const before = new Map(previous?.rules.map((rule) => [rule.id, rule]));
  const versions = new Map(
    [...hashes].map(([guid, content]) => {
      const old = before.get(guid);
      return [guid, old ? old.version + (old.content === content ? 0 : 1) : 1];
    }),
  );
  const full = { ...contents, versions };
  const artifacts = [...buildArtifacts(full)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const { pack, attack } = contents;
  const paths = new Map<string, string[]>();
  for (const { rule = '', path } of artifacts) paths.set(rule, [...(paths.get(rule) ?? []), path]);
  const rules = contents.rules
    .map((rule) => ({
      span: rule.span,
      entry: ruleEntry(rule, full, hashes.get(rule.guid)!, paths.get(rule.guid) ?? [], options),
    }))
    .sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  const manifest: Manifest = {
    manifest: 1,
    name: pack.name,
    title: pack.title,
    version: pack.version,
    license: pack.license,
    authors: pack.authors,
    ...(pack.date !== undefined && { date: pack.date }),
    tool: { name: 'isosigma', version: options.tool },
    attack: attack.version,
    destinations: options.destinations.map((each) => each.map(destinationEntry)),
    ...(options.verification && { verification: options.verification }),
    rules: rules.map(({ entry }) => entry),
    files: artifacts.map(({ path, bytes }) => ({
      path,
      sha256: sha256(bytes),
      bytes: bytes.length,
    })),
  };
  const file = { path: manifestFile, bytes: manifestBytes(manifest) };
  const problems = [
    ...clashes(contents.rules, artifacts),
    ...sameNames(full),
    ...contents.rules.flatMap(divergences),
    ...rules.flatMap(({ entry, span }) => refusals(entry, span)),
  ];
  return outcome({ files: [...artifacts, file], manifest }, problems);
}

function destinationEntry({ backend, pipelines }: AssembledDestination): ManifestDestination {
  const { id, version } = backend.manifest;
  return {
    backend: id,
    version,
    pipelines: pipelines.map((each) => ({ id: each.id, version: each.version ?? 'unknown' })),
  };
}

function ruleEntry(
  rule: PackedRule,
  contents: Contents,
  content: string,
  artifacts: readonly string[],
  { sha256, verification }: AssembleOptions,
): ManifestRule {
  const { guid, facts, source, targets } = rule;
  return {
    id: guid,
    title: facts['title'] as string,
    version: contents.versions.get(guid)!,
    content,
    source,
    targets: targets.flatMap((target, at) => {
      if (!target) return [];
      const { queries, reasons, verdict, ...how } = target;
      const formats = contents.formats[at]!.filter(({ backends }) => backends);
      const limits = formats.flatMap((format) =>
        queries.flatMap((query): readonly Reason[] => {
          const reason = overLimit(query, format);
          return reason === undefined
            ? []
            : [{ code: 'pack/over-limit', message: `${format.id}: ${reason}` }];
        }),
      );
      return [
        {
          status: queries.length > 0 ? ('converted' as const) : ('refused' as const),
          ...how,
          ...(verification || queries.length === 0 ? verdict : unchecked),
          queries: queries.map(({ query }) => ({
            text: query as string,
            sha256: sha256(query as string),
          })),
          formats: formats
            .filter((format) => itemsOf(format, at, { ...contents, rules: [rule] }).length > 0)
            .map(({ id }) => id),
          reasons: [...reasons, ...limits],
        },
      ];
    }),
    artifacts,
  };
}

function clashes(
  rules: readonly PackedRule[],
  artifacts: readonly Artifact[],
): readonly Diagnostic[] {
  const ids = new Set<string>();
  const paths = new Set<string>();
  return [
    ...rules.flatMap(({ guid: id, span }) =>
      ids.size === ids.add(id).size ? [diagnostic('pack/same-id', span, { id })] : [],
    ),
    ...artifacts.flatMap(({ path }) =>
      paths.size === paths.add(path).size
        ? [diagnostic('pack/same-path', undefined, { path })]
        : [],
    ),
  ];
}

/** Rules that the platform of a format would know by one name. */
function sameNames(contents: Contents): readonly Diagnostic[] {
  return contents.formats.flatMap((formats, target) =>
    formats.flatMap((format) => {
      if (format['unique-name'] === undefined) return [];
      const names = new Set<string>();
      return contents.rules.flatMap((rule) =>
        itemsOf(format, target, { ...contents, rules: [rule] }).flatMap((item) => {
          const name = uniqueName(format, item);
          return names.size < names.add(name).size
            ? []
            : [diagnostic('pack/same-name', rule.span, { name, format: format.id })];
        }),
      );
    }),
  );
}

/** Queries that do not mean what their rule means; they are our own bug, and no pack ships them. */
function divergences({ facts, span, targets }: PackedRule): readonly Diagnostic[] {
  return targets.flatMap((target) => {
    if (!target) return [];
    const { verdict, mapping } = target.verdict;
    if (verdict !== 'diverges' && mapping !== 'diverges') return [];
    const what = verdict === 'diverges' ? 'the query' : 'the mapping of its fields';
    const title = facts['title'] as string;
    return [diagnostic('pack/diverges', span, { title, target: target.backend, what })];
  });
}

function refusals({ title, targets }: ManifestRule, span: Span): readonly Diagnostic[] {
  return targets.flatMap(({ status, backend, reasons }) => {
    const reason = [...new Set(reasons.map(({ message }) => message))].join('; ');
    if (reasons.length === 0) return [];
    return status === 'refused'
      ? [diagnostic('pack/refused', span, { title, target: backend, reason })]
      : [diagnostic('pack/over-limit', span, { title, reason })];
  });
}
