import { join } from 'node:path';
import { buildPack } from '../../build-pack.js';
import {
  andThen,
  diagnostic,
  failure,
  hasErrors,
  outcome,
  success,
  type Diagnostic,
  type Outcome,
} from '../../diagnostics/index.js';
import {
  readPack,
  readSource,
  recoverPack,
  sha256,
  signText,
  slashed,
  verifyText,
  writePack,
} from '../../node/index.js';
import {
  diffPacks,
  fileProblems,
  manifestBytes,
  manifestFile,
  printChangelog,
  printDifference,
  readManifest,
  reproductionProblems,
  signatureFile,
  sourceFolder,
  versionProblems,
  withoutVerdicts,
  type Manifest,
  type Pack,
  type PackFiles,
  type Verification,
} from '../../pack/index.js';
import type { Arguments } from '../command.js';
import { exit, type Exit } from '../exit.js';
import { judgeFor, verificationOf } from '../judge.js';
import { readPackInput, type PackInput } from '../pack-input.js';
import { progress, report } from '../report.js';
import { toolVersion } from '../versions.js';

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
  const folder = textOf(args, 'output');
  if (folder === undefined) {
    console.error('Say with -o where the pack is to be written.');
    return exit.usage;
  }
  const recovered = await recoverPack(folder);
  if (!recovered.ok) return report(recovered.diagnostics);
  const before = textOf(args, 'previous');
  const previous = before === undefined ? success(undefined) : await readManifestIn(before);
  const input = await readPackInput(file, textOf(args, 'attack'));
  report([...previous.diagnostics, ...input.diagnostics]);
  if (!previous.ok || !input.ok) return exit.errors;
  const { pack } = input.value;
  const wanted = (args['verify'] as boolean | undefined) ?? pack.verify ?? false;
  const verification = wanted ? verificationOf(pack) : undefined;
  const built = await build(input.value, {
    previous: previous.value,
    recorded: verification,
    judged: verification,
    checksTags: args['attack'] !== undefined,
  });
  const problems = [
    ...built.diagnostics,
    ...(built.ok && previous.value
      ? versionProblems(diffPacks(previous.value, built.value.manifest))
      : []),
  ];
  if (report(problems) !== exit.clean || !built.ok) return exit.errors;

  const { files, manifest } = built.value;
  const signature = await signatureOf(built.value, textOf(args, 'secretKey'));
  const written = signature.ok
    ? await writePack(folder, [...files, ...signature.value])
    : signature;
  if (!written.ok) return report(written.diagnostics);
  if (args['format'] === 'json') process.stdout.write(JSON.stringify(manifest, null, 2) + '\n');
  else console.log(summary(manifest));
  return exit.clean;
}

interface Run {
  /** The pack that versions count from. */
  readonly previous: Manifest | undefined;
  /** What the manifest is to say that its verdicts were reached with. */
  readonly recorded: Verification | undefined;
  /** What the queries are run with, if they are. */
  readonly judged: Verification | undefined;
  readonly checksTags: boolean;
}

/** The files of a pack, in memory. */
async function build(
  { pack, folder, attack, targets, sources }: PackInput,
  { previous, recorded, judged, checksTags }: Run,
): Promise<Outcome<Pack>> {
  const backends = targets.flatMap(({ destinations }) =>
    destinations.map(({ backend }) => backend.manifest.id),
  );
  const judge = judged ? await judgeFor(backends, judged) : success(undefined);
  const tool = await toolVersion();
  return andThen(judge, (judged) =>
    buildPack(pack, targets, sources, {
      attack,
      checksTags,
      sha256,
      tool,
      fileName: (path) => slashed(folder, path),
      progress: (total) => progress(judged ? 'packing and verifying' : 'packing', total),
      ...(judged && { judge: judged }),
      ...(previous && { previous }),
      ...(recorded && { verification: recorded }),
    }),
  );
}

async function signatureOf({ files, manifest }: Pack, key: string | undefined) {
  if (key === undefined) return success([]);
  const { bytes } = files.find(({ path }) => path === manifestFile)!;
  const signed = await signText(bytes, key, `${manifest.name} ${manifest.version}`);
  return andThen(signed, (text) => success([{ path: signatureFile, bytes: Buffer.from(text) }]));
}

async function runVerify(folder: string, args: Arguments): Promise<Exit> {
  const read = await readPack(folder);
  const manifest = read.ok ? await readManifestIn(folder) : read;
  if (!read.ok || !manifest.ok) return report(manifest.diagnostics);
  const { name, version } = manifest.value;
  const key = textOf(args, 'publicKey');
  const untouched = [
    ...fileProblems(read.value, manifest.value, sha256),
    ...(key === undefined ? [] : (await checkSignature(read.value, key)).diagnostics),
  ];
  // What somebody else has changed is not worth running.
  const goesOn = !hasErrors(untouched);
  const again = goesOn ? await reproduce(folder, read.value, manifest.value, args) : success([]);
  const checks = [
    'files',
    ...(key === undefined ? [] : ['signature']),
    ...(goesOn ? ['reproduced'] : []),
    ...(goesOn && args['verify'] !== false ? ['queries'] : []),
  ];
  const diagnostics = [...untouched, ...again.diagnostics];
  if (args['format'] === 'json') {
    const problems = diagnostics.map(({ code, message }) => ({ code, message }));
    const result = { pack: name, version, checks, problems };
    process.stdout.write(JSON.stringify(result, null, 2) + '\n');
    return hasErrors(diagnostics) ? exit.errors : exit.clean;
  }
  if (!hasErrors(diagnostics)) console.log(`${name} ${version}: ${checks.join(', ')}: good`);
  return report(diagnostics);
}

async function checkSignature(files: PackFiles, key: string): Promise<Outcome<undefined>> {
  const signature = files.get(signatureFile);
  return signature
    ? verifyText(files.get(manifestFile)!, Buffer.from(signature).toString('utf8'), key)
    : failure(diagnostic('pack/signature', undefined, { reason: 'there is none' }));
}

/**
 * Builds the pack again, from the rules that lie in it or from those that `--pack` names, with its queries
 * run or with none run, and compares all bytes.
 */
async function reproduce(
  folder: string,
  files: PackFiles,
  manifest: Manifest,
  args: Arguments,
): Promise<Outcome<undefined>> {
  const given = textOf(args, 'pack');
  const attack = textOf(args, 'attack');
  const input = await (given === undefined
    ? readPackInput(join(folder, sourceFolder.pack), attack, join(folder, sourceFolder.rules))
    : readPackInput(given, attack));
  if (!input.ok) return input;
  const unlike = differences(manifest, input.value.attack.version, await toolVersion());
  if (hasErrors(unlike)) return outcome(undefined, unlike);
  const runs = args['verify'] !== false;
  const recorded = runs ? manifest.verification : undefined;
  const judged = runs ? (recorded ?? verificationOf(input.value.pack)) : undefined;
  const run = { previous: manifest, recorded, judged, checksTags: false };
  const again = await build(input.value, run);
  if (!again.ok) return again;
  const unrun = manifestBytes(withoutVerdicts(manifest));
  const expected = runs ? files : new Map(files).set(manifestFile, unrun);
  return outcome(undefined, [...unlike, ...reproductionProblems(expected, again.value)]);
}

/** Why a second build may or must come out otherwise. */
function differences(
  { attack, tool }: Manifest,
  attackNow: string,
  toolNow: string,
): readonly Diagnostic[] {
  return [
    ...(tool.version === toolNow
      ? []
      : [diagnostic('pack/other-tool', undefined, { was: tool.version, is: toolNow })]),
    ...(attack === attackNow
      ? []
      : [diagnostic('pack/other-attack', undefined, { was: attack, is: attackNow })]),
  ];
}

async function runDiff(old: string, next: string, args: Arguments): Promise<Exit> {
  const before = await readManifestIn(old);
  const after = await readManifestIn(next);
  if (!before.ok || !after.ok) return report([...before.diagnostics, ...after.diagnostics]);
  const difference = diffPacks(before.value, after.value);
  const printers = {
    json: () => JSON.stringify(difference, null, 2) + '\n',
    changelog: () => printChangelog(difference, after.value.date),
    text: () => printDifference(difference),
  };
  process.stdout.write(printers[args['format'] as keyof typeof printers]());
  return report(versionProblems(difference));
}

async function readManifestIn(folder: string): Promise<Outcome<Manifest>> {
  return andThen(await readSource(`${folder}/${manifestFile}`), readManifest);
}

function textOf(args: Arguments, name: string): string | undefined {
  return args[name] as string | undefined;
}

function summary({ name, version, rules, files, verification }: Manifest): string {
  const targets = rules.flatMap((rule) => rule.targets);
  const refused = targets.filter(({ status }) => status === 'refused').length;
  const cases = targets.reduce((sum, target) => sum + target.cases, 0);
  const proof = verification
    ? `all equal their rules over ${cases} cases`
    : 'unchecked (--verify runs their queries)';
  return `${name} ${version}: ${rules.length} rules, ${targets.length - refused} conversions, ${proof}, ${refused} refused, ${files.length} files`;
}
