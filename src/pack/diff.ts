import { createTwoFilesPatch } from 'diff';
import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Manifest, ManifestRule, ManifestTarget } from './manifest.js';

/** What lies between two packs (schema/pack-difference.schema.json), by the ids of their rules. */
export interface PackDifference {
  readonly from: string;
  readonly to: string;
  readonly added: readonly RuleName[];
  readonly removed: readonly RuleName[];
  /** A query or a certificate is another one, or an artefact has come or gone. */
  readonly meaning: readonly ChangedRule[];
  /** The same queries, in artefacts that read differently. */
  readonly text: readonly RuleName[];
  /** Files with other bytes, and those that have come or gone. */
  readonly files: readonly string[];
}

export interface RuleName {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

export interface ChangedRule extends RuleName {
  /** A unified diff for each target whose queries, certificate or formats differ. */
  readonly changes: readonly string[];
}

/** The difference between two packs. */
export function diffPacks(old: Manifest, next: Manifest): PackDifference {
  const before = new Map(old.rules.map((rule) => [rule.id, rule]));
  const after = new Set(next.rules.map(({ id }) => id));
  const changed = next.rules.flatMap((rule) => {
    const was = before.get(rule.id);
    return was && was.content !== rule.content
      ? [{ ...nameOf(rule), changes: changesOf(was, rule) }]
      : [];
  });
  return {
    from: old.version,
    to: next.version,
    added: next.rules.filter(({ id }) => !before.has(id)).map(nameOf),
    removed: old.rules.filter(({ id }) => !after.has(id)).map(nameOf),
    meaning: changed.filter(({ changes }) => changes.length > 0),
    text: changed.filter(({ changes }) => changes.length === 0).map(nameOf),
    files: changedFiles(old, next),
  };
}

function changesOf(old: ManifestRule, next: ManifestRule): readonly string[] {
  const count = Math.max(old.targets.length, next.targets.length);
  return Array.from({ length: count }, (_, at) => {
    const [was, is] = [old.targets[at], next.targets[at]];
    const [from, to] = [targetText(was), targetText(is)];
    if (from === to) return '';
    const name = `target ${at + 1}, ${(is ?? was)!.backend}`;
    return createTwoFilesPatch(name, name, from, to).replace(/^[^]*?(?=^---)/m, '');
  }).filter((each) => each !== '');
}

function targetText(target: ManifestTarget | undefined): string {
  if (!target) return '';
  const { backend, certificate, formats, queries } = target;
  const head = `${backend}, ${certificate}: ${formats.join(', ')}`;
  return [head, ...queries.map(({ text }) => text)].map((each) => `${each}\n`).join('');
}

function changedFiles(old: Manifest, next: Manifest): readonly string[] {
  const before = new Map(old.files.map(({ path, sha256 }) => [path, sha256]));
  const after = new Map(next.files.map(({ path, sha256 }) => [path, sha256]));
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((path) => before.get(path) !== after.get(path)).sort();
}

function nameOf({ id, title, version }: RuleName): RuleName {
  return { id, title, version };
}

/**
 * Whether the new version says what changed: a removed rule is major, an added one or another meaning minor,
 * other text a patch. Before 1.0.0 a minor step stands for a major one.
 *
 * Errors: `pack/version-does-not-fit`.
 */
export function versionProblems({
  from,
  to,
  added,
  removed,
  meaning,
  text,
  files,
}: PackDifference): readonly Diagnostic[] {
  const parts = (version: string) => version.split('.').map(Number) as [number, number, number];
  const [major, minor, patch] = parts(from);
  const [nextMajor, nextMinor, nextPatch] = parts(to);
  const step =
    nextMajor !== major
      ? nextMajor - major
      : nextMinor !== minor
        ? nextMinor - minor
        : nextPatch - patch;
  const size = step <= 0 ? 0 : nextMajor > major ? 3 : nextMinor > minor ? 2 : 1;
  const full =
    removed.length > 0
      ? 3
      : added.length + meaning.length > 0
        ? 2
        : text.length + files.length > 0
          ? 1
          : 0;
  const needed = major === 0 && full === 3 ? 2 : full;
  const problem = (reason: string) => [
    diagnostic('pack/version-does-not-fit', undefined, { previous: from, next: to, reason }),
  ];
  if (step < 0) return problem('it goes back');
  if (size >= needed) return [];
  const words = [
    '',
    'files have changed',
    'rules were added or mean something else',
    'rules were removed',
  ];
  return problem(
    `${words[full]!}, which is at least a ${['', 'patch', 'minor', 'major'][needed]!} change`,
  );
}
