import { strToU8 } from 'fflate';
import { diagnostic, outcome, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import { buildArtifacts, contentOf, itemsOf, type Artifact, type Contents } from './build.js';
import type { Sha256 } from './facts.js';
import { overLimit } from './limits.js';
import type { Manifest, ManifestRule, Reason } from './manifest.js';
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
}

/**
 * The files of a pack with their manifest. A refused rule is a warning, and an entry in the manifest.
 *
 * Errors: `pack/same-id`, `pack/same-path`.
 */
export function assemble(
  contents: Omit<Contents, 'versions'>,
  { sha256, tool, previous }: AssembleOptions,
): Outcome<Pack> {
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
  const manifest: Manifest = {
    manifest: 1,
    name: pack.name,
    title: pack.title,
    version: pack.version,
    license: pack.license,
    authors: pack.authors,
    ...(pack.date !== undefined && { date: pack.date }),
    tool: { name: 'isosigma', version: tool },
    attack: attack.version,
    rules: contents.rules
      .map((rule) =>
        ruleEntry(rule, full, hashes.get(rule.guid)!, paths.get(rule.guid) ?? [], sha256),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    files: artifacts.map(({ path, bytes }) => ({
      path,
      sha256: sha256(bytes),
      bytes: bytes.length,
    })),
  };
  const file = { path: 'manifest.json', bytes: strToU8(`${JSON.stringify(manifest, null, 2)}\n`) };
  const problems = [...clashes(contents.rules, artifacts), ...refusals(manifest)];
  return outcome({ files: [...artifacts, file], manifest }, problems);
}

function ruleEntry(
  rule: PackedRule,
  contents: Contents,
  content: string,
  artifacts: readonly string[],
  sha256: Sha256,
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
      const { queries, reasons, ...how } = target;
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
          queries: queries.map(({ query }) => sha256(query as string)),
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
  const twice = (words: readonly string[]) => {
    const seen = new Set<string>();
    return new Set(words.filter((word) => seen.size === seen.add(word).size));
  };
  return [
    ...[...twice(rules.map(({ guid }) => guid))].map((id) =>
      diagnostic('pack/same-id', undefined, { id }),
    ),
    ...[...twice(artifacts.map(({ path }) => path))].map((path) =>
      diagnostic('pack/same-path', undefined, { path }),
    ),
  ];
}

function refusals({ rules }: Manifest): readonly Diagnostic[] {
  return rules.flatMap(({ title, targets }) =>
    targets.flatMap(({ status, backend, reasons }) => {
      const reason = reasons.map(({ message }) => message).join('; ');
      if (reasons.length === 0) return [];
      return status === 'refused'
        ? [diagnostic('pack/refused', undefined, { title, target: backend, reason })]
        : [diagnostic('pack/over-limit', undefined, { title, format: backend, reason })];
    }),
  );
}
