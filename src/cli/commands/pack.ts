import { readFile } from 'node:fs/promises';
import { convertRule, type Destination } from '../../convert.js';
import {
  andThen,
  diagnostic,
  didYouMean,
  failure,
  hasErrors,
  outcome,
  success,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import {
  folderOf,
  matchFiles,
  readPack,
  readSource,
  readSources,
  sha256,
  signText,
  slashed,
  verifyText,
  writePack,
} from '../../node/index.js';
import {
  assemble,
  attackProblems,
  builtInAttack,
  diffPacks,
  fileProblems,
  formatIds,
  loadFormat,
  manifestFile,
  packRule,
  parsePackFile,
  printChangelog,
  readAttack,
  readManifest,
  reproductionProblems,
  signatureFile,
  versionProblems,
  type Format,
  type FormatId,
  type Manifest,
  type Pack,
  type PackFile,
  type PackTarget,
} from '../../pack/index.js';
import { parse, resolve, type ResolvedRule } from '../../syntax/index.js';
import type { Arguments } from '../command.js';
import { convertOptionsOf } from '../destination-options.js';
import { destinationsOf } from '../destinations.js';
import { exit, type Exit } from '../exit.js';
import { progress, report } from '../report.js';

/** Content packs: builds one, checks one, compares two. */
export async function runPack(args: Arguments): Promise<Exit> {
  const [first, second] = args['paths'] as readonly [string, string?];
  switch (args['action'] as 'build' | 'verify' | 'diff') {
    case 'build':
      return runBuild(first, args);
    case 'verify':
      return runVerify(first, args);
    case 'diff':
      if (second !== undefined) return runDiff(first, second, args);
      console.error('pack diff takes two packs, the older one first.');
      return exit.usage;
  }
}

async function runBuild(file: string, args: Arguments): Promise<Exit> {
  const folder = args['output'] as string | undefined;
  if (folder === undefined) {
    console.error('Say with -o where the pack is to be written.');
    return exit.usage;
  }
  const before = args['previous'] as string | undefined;
  const previous = before === undefined ? success(undefined) : await readManifestIn(before);
  const built = previous.ok ? await build(file, args, previous.value) : previous;
  const fits =
    built.ok && previous.ok && previous.value
      ? versionProblems(diffPacks(previous.value, built.value.manifest))
      : [];
  const status = report([...previous.diagnostics, ...built.diagnostics, ...fits]);
  if (!built.ok || status !== exit.clean) return exit.errors;

  const { files, manifest } = built.value;
  const signature = await signatureOf(built.value, args);
  if (!signature.ok) return report(signature.diagnostics);
  const written = await writePack(folder, [...files, ...signature.value]);
  if (!written.ok) return report(written.diagnostics);
  if (args['format'] === 'json') process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
  else console.log(summary(manifest));
  return exit.clean;
}

/** The files of a pack, in memory. */
async function build(
  file: string,
  args: Arguments,
  previous: Manifest | undefined,
): Promise<Outcome<Pack>> {
  const parsed = andThen(await readSource(file), parsePackFile);
  const attackPath = args['attack'] as string | undefined;
  const attack =
    attackPath === undefined
      ? success(builtInAttack)
      : andThen(await readSource(attackPath), readAttack);
  if (!parsed.ok || !attack.ok)
    return { ok: false, diagnostics: [...parsed.diagnostics, ...attack.diagnostics] };
  const pack = parsed.value;
  const folder = folderOf(file);
  const targets = await Promise.all(pack.targets.map((target) => targetOf(target, folder)));
  const problems = targets.flatMap(({ diagnostics }) => diagnostics);
  if (hasErrors(problems)) return { ok: false, diagnostics: problems };
  const ready = targets.flatMap((target) => (target.ok ? [target.value] : []));

  const read = await readSources(await matchFiles(folder, pack.rules));
  const all = resolve(parse(read.sources)).filter((rule) => rule.output);
  const rules = all.filter((rule) => rule.kind !== 'broken' && isWanted(rule, pack));
  const tick = progress('packing', rules.length);
  const options = {
    pack,
    attack: attack.value,
    sha256,
    fileName: (path: string) => slashed(folder, path),
  };
  const packed = rules.map((rule, at) => {
    tick(at + 1);
    const conversions = ready.map(({ destinations, options: how }) =>
      firstThat(destinations, (destination) => convertRule(rule, destination, how)),
    );
    return packRule(rule, conversions, options);
  });
  const broken = all.filter(({ kind }) => kind === 'broken').flatMap((rule) => rule.diagnostics);
  const used = new Set(rules.flatMap(sourcesOf));
  const contents = {
    pack,
    attack: attack.value,
    formats: ready.map(({ formats }) => formats),
    rules: packed,
    sources: read.sources
      .filter((source) => used.has(source))
      .map(({ name, text }) => ({ path: slashed(folder, name), text })),
  };
  const tool = await toolVersion();
  const checks = attackPath === undefined ? [] : attackProblems(rules, attack.value);
  return andThen(outcome(undefined, [...read.diagnostics, ...broken, ...checks]), () =>
    assemble(contents, { sha256, tool, ...(previous && { previous }) }),
  );
}

/** Conversions in order, up to the first that has a query. */
function firstThat<T extends { readonly queries: readonly string[] }>(
  destinations: readonly Destination[],
  convert: (destination: Destination) => T,
): readonly T[] {
  const tried: T[] = [];
  for (const destination of destinations) {
    tried.push(convert(destination));
    if (tried.at(-1)!.queries.length > 0) break;
  }
  return tried;
}

/** The formats of a target, and where its rules go. */
async function targetOf(target: PackTarget, folder: string) {
  const diagnostics: Diagnostic[] = [];
  const formats: Format[] = [];
  const { backends = [], pipelines = [], vars = {}, allow = [] } = target;
  for (const id of target.formats) {
    if (!isFormat(id)) {
      const help = didYouMean(id, formatIds);
      diagnostics.push(diagnostic('pack/unknown-format', undefined, { id }, help));
      continue;
    }
    const format = await loadFormat(id);
    const taken = format.backends ?? [];
    if (
      backends.some((each) => taken.length > 0 && !taken.includes(each)) ||
      (taken.length > 0 && backends.length === 0)
    ) {
      const given = backends.join(', ') || 'none';
      diagnostics.push(
        diagnostic('pack/wrong-backend', undefined, {
          format: id,
          backends: taken.join(', '),
          given,
        }),
      );
    } else formats.push(format);
  }
  const args = {
    backend: backends,
    pipeline: pipelines.map((each) => (/[./\\]/.test(each) ? `${folder}/${each}` : each)),
    var: Object.entries(vars).map(([name, value]) => `${name}=${value}`),
    allow,
    maxQueries: 24,
    unscoped: false,
  } as unknown as Arguments;
  const destinations: Outcome<readonly Destination[]> =
    backends.length === 0 ? success([]) : await destinationsOf(args);
  return andThen(destinations, (found) =>
    outcome({ formats, destinations: found, options: convertOptionsOf(args) }, diagnostics),
  );
}

function isFormat(id: string): id is FormatId {
  return (formatIds as readonly string[]).includes(id);
}

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

async function signatureOf({ files, manifest }: Pack, args: Arguments) {
  const key = args['secretKey'] as string | undefined;
  if (key === undefined) return success([]);
  const { bytes } = files.find(({ path }) => path === manifestFile)!;
  const signed = await signText(bytes, key, `${manifest.name} ${manifest.version}`);
  return andThen(signed, (text) => success([{ path: signatureFile, bytes: Buffer.from(text) }]));
}

async function runVerify(folder: string, args: Arguments): Promise<Exit> {
  const read = await readPack(folder);
  const manifest = await readManifestIn(folder);
  if (!read.ok || !manifest.ok)
    return report([...read.diagnostics, ...(read.ok ? manifest.diagnostics : [])]);
  const files = read.value;
  const diagnostics = [...fileProblems(files, manifest.value, sha256)];
  const key = args['publicKey'] as string | undefined;
  if (key !== undefined) {
    const signature = files.get(signatureFile);
    const checked = signature
      ? await verifyText(files.get(manifestFile)!, Buffer.from(signature).toString('utf8'), key)
      : failure(diagnostic('pack/signature', undefined, { reason: 'there is none' }));
    diagnostics.push(...checked.diagnostics);
  }
  const source = args['pack'] as string | undefined;
  if (source !== undefined) {
    const again = await build(source, args, manifest.value);
    diagnostics.push(...again.diagnostics.filter(({ severity }) => severity === 'error'));
    if (again.ok) diagnostics.push(...reproductionProblems(files, again.value));
  }
  const checks = [
    'files',
    ...(key === undefined ? [] : ['signature']),
    ...(source === undefined ? [] : ['reproduced']),
  ];
  if (args['format'] === 'json') {
    const problems = diagnostics.map(({ code, message }) => ({ code, message }));
    process.stdout.write(
      `${JSON.stringify({ pack: manifest.value.name, version: manifest.value.version, checks, problems }, null, 2)}\n`,
    );
  } else if (!hasErrors(diagnostics)) {
    console.log(`${manifest.value.name} ${manifest.value.version}: ${checks.join(', ')}: good`);
  }
  return args['format'] === 'json'
    ? hasErrors(diagnostics)
      ? exit.errors
      : exit.clean
    : report(diagnostics);
}

async function runDiff(old: string, next: string, args: Arguments): Promise<Exit> {
  const before = await readManifestIn(old);
  const after = await readManifestIn(next);
  if (!before.ok || !after.ok) return report([...before.diagnostics, ...after.diagnostics]);
  const difference = diffPacks(before.value, after.value);
  process.stdout.write(
    args['format'] === 'json'
      ? `${JSON.stringify(difference, null, 2)}\n`
      : printChangelog(difference, after.value.date),
  );
  return report(versionProblems(difference));
}

async function readManifestIn(folder: string): Promise<Outcome<Manifest>> {
  return andThen(await readSource(`${folder}/${manifestFile}`), readManifest);
}

async function toolVersion(): Promise<string> {
  const text = await readFile(new URL(import.meta.resolve('isosigma/package.json')), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function summary({ name, version, rules, files }: Manifest): string {
  const targets = rules.flatMap((rule) => rule.targets);
  const refused = targets.filter(({ status }) => status === 'refused').length;
  return `${name} ${version}: ${rules.length} rules, ${targets.length - refused} conversions, ${refused} refused, ${files.length} files`;
}
