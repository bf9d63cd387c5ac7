import { resolve } from 'node:path';
import type { PackDestination } from '../build-pack.js';
import {
  andThen,
  diagnostic,
  outcome,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
  type Span,
} from '../diagnostics/index.js';
import { folderOf, matchFiles, readSource, readSources, slashed } from '../node/index.js';
import {
  loadFormat,
  parsePackFile,
  type Attack,
  type Format,
  type FormatId,
  type PackFile,
} from '../pack/index.js';
import { attackOf } from './attack-file.js';
import type { Arguments } from './command.js';
import { convertOptionsOf } from './destination-options.js';
import { destinationsOf, isPipelineFile } from './destinations.js';

/** What a pack is made of, read from disk. */
export interface PackInput {
  readonly pack: PackFile;
  /** The folder that the rules are named from. */
  readonly folder: string;
  readonly attack: Attack;
  readonly targets: readonly PackDestination[];
  readonly sources: readonly SourceFile[];
}

/**
 * Everything that a pack file names; or, of a pack that was built, what it says that it was made from, with
 * the rules that lie in it.
 */
export async function readPackInput(
  file: string,
  attackFile: string | undefined,
  rulesFolder?: string,
): Promise<Outcome<PackInput>> {
  const parsed = andThen(await readSource(file), parsePackFile);
  const attack = await attackOf(attackFile);
  if (!parsed.ok || !attack.ok)
    return { ok: false, diagnostics: [...parsed.diagnostics, ...attack.diagnostics] };
  const pack = parsed.value;
  const outside = rulesFolder === undefined ? [] : pipelineFiles(pack);
  if (outside.length > 0) return { ok: false, diagnostics: outside };
  const targets = await Promise.all(
    pack.targets.map((_, at) => targetOf(pack, at, folderOf(file))),
  );
  const folder = rulesFolder ?? folderOf(file);
  const patterns = rulesFolder === undefined ? pack.rules : ['**'];
  const rules = await rulesOf(pack, patterns, folder, resolve(file));
  const ready = targets.flatMap((target) => (target.ok ? [target.value] : []));
  return outcome(
    { pack, folder, attack: attack.value, targets: ready, sources: rules.sources },
    [...targets, rules].flatMap(({ diagnostics }) => diagnostics),
  );
}

/** Pipelines of the publisher's own, which are in no pack. Nothing that a pack names is read from outside it. */
function pipelineFiles({ targets, spanOf }: PackFile): readonly Diagnostic[] {
  return targets.flatMap(({ pipelines = [] }, at) =>
    pipelines.flatMap((path, index) =>
      isPipelineFile(path)
        ? [diagnostic('pack/needs-pack-file', spanOf('targets', at, 'pipelines', index), { path })]
        : [],
    ),
  );
}

/** The formats of a target, and where its rules go. */
async function targetOf(
  { targets, spanOf }: PackFile,
  at: number,
  folder: string,
): Promise<Outcome<PackDestination>> {
  const { backends = [], pipelines = [], vars = {}, allow = [], formats: ids } = targets[at]!;
  const formats = await Promise.all(ids.map((id) => loadFormat(id as FormatId)));
  const wrong = formats.flatMap((format, index) =>
    wrongBackends(format, backends, spanOf('targets', at, 'formats', index)),
  );
  const args = {
    backend: backends,
    pipeline: pipelines.map((each) => (isPipelineFile(each) ? `${folder}/${each}` : each)),
    var: Object.entries(vars).map(([name, value]) => `${name}=${value}`),
    allow,
    maxQueries: 24,
    unscoped: false,
  } as unknown as Arguments;
  const found = backends.length === 0 ? success([]) : await destinationsOf(args);
  const placed = placedAt(found.diagnostics, spanOf('targets', at, 'pipelines'));
  const destinations = found.ok ? found.value : [];
  const target = {
    formats,
    destinations,
    options: convertOptionsOf(args),
    allowsUnverified: allow.includes('unverified'),
  };
  return outcome(target, [...placed, ...wrong]);
}

/** A format takes all query languages of its target, and at least one, unless it is about the rules. */
function wrongBackends(
  { id, backends: taken }: Format,
  given: readonly string[],
  span: Span,
): readonly Diagnostic[] {
  if (!taken || (given.length > 0 && given.every((each) => taken.includes(each)))) return [];
  const names = given.length > 0 ? given.join(', ') : 'none';
  const words = { format: id, backends: taken.join(', '), given: names };
  return [diagnostic('pack/wrong-backend', span, words)];
}

/** The rule files, in the order of their names in the pack, whichever patterns name them; never pack.yml itself. */
async function rulesOf(
  { spanOf }: PackFile,
  patterns: readonly string[],
  folder: string,
  file: string,
) {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<string, SourceFile>();
  for (const [at, pattern] of patterns.entries()) {
    const span = spanOf('rules', at);
    const paths = (await matchFiles(folder, pattern)).filter((path) => path !== file);
    if (paths.length === 0) diagnostics.push(diagnostic('pack/no-files', span, { pattern }));
    const read = await readSources(paths);
    for (const each of placedAt(read.diagnostics, span)) diagnostics.push(each);
    for (const source of read.sources) found.set(source.name, source);
  }
  const named = [...found.values()].map((source) => ({
    source,
    path: slashed(folder, source.name),
  }));
  const sorted = named.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { sources: sorted.map(({ source }) => source), diagnostics };
}

/** A problem without a place of its own stands at the line of pack.yml that led to it. */
function placedAt(diagnostics: readonly Diagnostic[], span: Span): readonly Diagnostic[] {
  return diagnostics.map((each) => ({ ...each, span: each.span ?? span }));
}
