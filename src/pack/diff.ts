import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Manifest, ManifestRule } from './manifest.js';

/** What lies between two packs, by the ids of their rules. */
export interface PackDifference {
  readonly from: string;
  readonly to: string;
  readonly added: readonly RuleName[];
  readonly removed: readonly RuleName[];
  /** A query or a certificate is another one, or a target has come or gone. */
  readonly meaning: readonly RuleName[];
  /** The same queries, in artefacts that read differently. */
  readonly text: readonly RuleName[];
}

export interface RuleName {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

/** The difference between two packs. */
export function diffPacks(old: Manifest, next: Manifest): PackDifference {
  const before = new Map(old.rules.map((rule) => [rule.id, rule]));
  const after = new Set(next.rules.map(({ id }) => id));
  const kept = next.rules.filter(
    ({ id, content }) => before.has(id) && before.get(id)!.content !== content,
  );
  const changed = (rule: ManifestRule) => meaningOf(rule) !== meaningOf(before.get(rule.id)!);
  return {
    from: old.version,
    to: next.version,
    added: next.rules.filter(({ id }) => !before.has(id)).map(nameOf),
    removed: old.rules.filter(({ id }) => !after.has(id)).map(nameOf),
    meaning: kept.filter(changed).map(nameOf),
    text: kept.filter((rule) => !changed(rule)).map(nameOf),
  };
}

function meaningOf({ targets }: ManifestRule): string {
  return JSON.stringify(
    targets.map(({ backend, certificate, queries, formats }) => [
      backend,
      certificate,
      queries,
      formats,
    ]),
  );
}

function nameOf({ id, title, version }: ManifestRule): RuleName {
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
    removed.length > 0 ? 3 : added.length + meaning.length > 0 ? 2 : text.length > 0 ? 1 : 0;
  const needed = major === 0 && full === 3 ? 2 : full;
  const problem = (reason: string) => [
    diagnostic('pack/version-does-not-fit', undefined, { previous: from, next: to, reason }),
  ];
  if (step < 0) return problem('it goes back');
  if (size >= needed) return [];
  const words = [
    '',
    'text has changed',
    'rules were added or mean something else',
    'rules were removed',
  ];
  return problem(
    `${words[full]!}, which is at least a ${['', 'patch', 'minor', 'major'][needed]!} change`,
  );
}

/** The difference as a section of a CHANGELOG. */
export function printChangelog(difference: PackDifference, date: string | undefined): string {
  const sections = [
    ['Added', difference.added],
    ['Removed', difference.removed],
    ['Changed in meaning', difference.meaning],
    ['Changed in text', difference.text],
  ] as const;
  const head = `## ${difference.to}${date === undefined ? '' : ` - ${date}`}\n`;
  const body = sections
    .filter(([, rules]) => rules.length > 0)
    .map(([title, rules]) => `\n### ${title}\n\n${rules.map(changelogLine).join('')}`);
  return `${head}${body.length === 0 ? '\nNothing has changed.\n' : body.join('')}`;
}

function changelogLine({ id, title, version }: RuleName): string {
  const plain = title.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
  return `- ${plain} (\`${id}\`, version ${version})\n`;
}
