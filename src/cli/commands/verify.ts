import { createHash } from 'node:crypto';
import { certificateOf, convertRule, type Conversion, type Destination } from '../../convert.js';
import { diagnostic, failure, success, type Outcome } from '../../diagnostics/index.js';
import { normalise, readEvents, type Event } from '../../evaluate/index.js';
import { readSource, readSources, writeFileIn } from '../../node/index.js';
import { loadPipeline } from '../../pipeline/index.js';
import { parse, resolve, type ResolvedRule } from '../../syntax/index.js';
import {
  against,
  together,
  verify,
  type Decided,
  type Verdict,
  type VerifyOptions,
} from '../../verify/index.js';
import type { Arguments } from '../command.js';
import { convertOptionsOf } from '../destination-options.js';
import { destinationsOf } from '../destinations.js';
import { exit, type Exit } from '../exit.js';
import { interpretersOf } from '../interpreters.js';
import { outputNaming, pipelineOf } from '../query-file.js';
import { progress, report } from '../report.js';
import { identityOf } from '../rule-identity.js';
import { tablesOf } from '../tables.js';
import { timeOption } from '../time-option.js';
import { versionsOf } from '../versions.js';

interface Result {
  readonly conversion: Conversion;
  readonly verdict: Verdict;
  /** What Isosigma would have written, beside a query of somebody else. */
  readonly own?: readonly string[];
}

/** Judges queries, our own or somebody else's, by running them beside the rule. */
export async function runVerify(args: Arguments): Promise<Exit> {
  const now = timeOption(args, 'now');
  const language = args['language'] as string | undefined;
  if (!now || (language === undefined) !== (args['against'] === undefined)) {
    if (now) console.error('--against takes a file, and --language says what it is in');
    return exit.usage;
  }
  const destinations = await destinationsOf(
    language === undefined ? args : { ...args, backend: language },
  );
  const { sources, diagnostics } = await readSources(args['paths'] as readonly string[]);
  const events = await eventsOf(args['events'] as string | undefined);
  const foreign = await textOf(args['against'] as string | undefined);
  const inputs = [destinations, events, foreign];
  const status = report([...inputs.flatMap((each) => each.diagnostics), ...diagnostics]);
  if (!destinations.ok || !events.ok || !foreign.ok) return exit.errors;
  const interpreters = await interpretersOf(
    destinations.value.map(({ backend }) => backend.manifest.id),
  );
  if (!interpreters.ok) return report(interpreters.diagnostics);

  const options: VerifyOptions = {
    interpreters: interpreters.value,
    runs: args['runs'] as number,
    seed: args['seed'] as number,
    now: now.now ?? Date.now(),
    vars: convertOptionsOf(args).vars,
    events: events.value,
  };
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const tick = progress('verifying', rules.length);
  const results: Result[] = [];
  for (const [index, rule] of rules.entries()) {
    tick(index + 1);
    for (const destination of destinations.value) {
      results.push(await judged(rule, destination, foreign.value, args, options));
    }
  }

  const folder = args['certificates'] as string | undefined;
  if (folder !== undefined) await writeCertificates(folder, results, options);
  print(args, results);
  const diverges = results.some(
    ({ verdict }) => verdict.verdict === 'diverges' || verdict.mapping === 'diverges',
  );
  return diverges ? exit.errors : status;
}

async function eventsOf(path: string | undefined): Promise<Outcome<readonly Event[]>> {
  if (path === undefined) return success([]);
  const text = await readSource(path);
  const events = text.ok ? readEvents(text.value) : text;
  return events.ok ? success(events.value.map((event) => normalise(event))) : events;
}

async function textOf(path: string | undefined): Promise<Outcome<string | undefined>> {
  if (path === undefined) return success(undefined);
  const source = await readSource(path);
  if (!source.ok) return source;
  return source.value.text.trim() === ''
    ? failure(diagnostic('verify/no-query', undefined, { path }))
    : success(source.value.text);
}

/**
 * The verdict on a rule's own queries, or on somebody else's: that one may be over the rule's own
 * fields, which the pipelines would not have left as they are.
 */
async function judged(
  rule: ResolvedRule,
  destination: Destination,
  foreign: string | undefined,
  args: Arguments,
  options: VerifyOptions,
): Promise<Result> {
  const result = (to: Destination): Result => {
    const own = convertRule(rule, to, convertOptionsOf(args));
    const conversion = foreign === undefined ? own : against(own, foreign);
    const verdict = verify(conversion, options);
    return { conversion, verdict, ...(foreign !== undefined && { own: own.queries }) };
  };
  const first = result(destination);
  if (foreign === undefined || args['pipeline'] !== undefined || first.verdict.verdict === 'equal')
    return first;
  const plain = await loadPipeline('plain', destination.backend.manifest.id);
  const second = plain && result({ ...destination, pipelines: [plain] });
  const isCloser = second?.verdict.verdict === 'equal' || first.verdict.verdict === 'refused';
  return second && isCloser ? second : first;
}

/** The shape that design and schema/results/verify.schema.json promise. */
function resultJson({ conversion, verdict }: Result) {
  return {
    rule: identityOf(conversion.rule),
    backend: conversion.destination.backend.manifest.id,
    pipeline: pipelineOf(conversion),
    certificate: certificateOf(conversion),
    ...verdict,
  };
}

function print(args: Arguments, results: readonly Result[]): void {
  if (args['format'] === 'json') {
    process.stdout.write(`${JSON.stringify({ results: results.map(resultJson) }, null, 2)}\n`);
    return;
  }
  for (const result of results) {
    const { rule, backend, pipeline, certificate, verdict, mapping, cases, tests, counterexample } =
      resultJson(result);
    const tried = [`${cases} cases`, ...(tests ? [decidedText(tests)] : [])].join('; ');
    const said = verdict === 'refused' ? verdict : `${verdict}, mapping ${mapping}, ${tried}`;
    console.log(`${rule.title}: ${backend}, ${pipeline}, ${certificate}: ${said}`);
    if (counterexample) console.log(JSON.stringify(counterexample, null, 2));
    if (counterexample && result.own)
      console.log(`Isosigma's own query:\n${result.own.join('\n\n')}`);
  }
  console.error(summary(results));
}

/** `39 of 41 tests decided (1 impossible, 1 not-solved)`. */
function decidedText({ all, decided, impossible, undecided }: Decided): string {
  const kinds = [...impossible.map(() => 'impossible'), ...undecided.map(({ reason }) => reason)];
  const reasons = [...new Set(kinds)].map(
    (kind) => `${kinds.filter((each) => each === kind).length} ${kind}`,
  );
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  return `${decided} of ${all} tests decided${why}`;
}

function summary(results: readonly Result[]): string {
  const count = (test: (verdict: Verdict) => boolean) =>
    results.filter(({ verdict }) => test(verdict)).length;
  const cases = results.reduce((sum, { verdict }) => sum + verdict.cases, 0);
  const counts = (['equal', 'diverges', 'refused', 'unchecked'] as const).map(
    (word) => `${count(({ verdict }) => verdict === word)} ${word}`,
  );
  const wrong = count(({ mapping }) => mapping === 'diverges');
  const decided = together(results.flatMap((result) => result.verdict.tests ?? []));
  const share = ((100 * decided.undecided.length) / Math.max(1, decided.all)).toFixed(2);
  const tests = `${decidedText(decided)}, ${share} % undecided`;
  return `${results.length} conversions: ${counts.join(', ')}; ${wrong} mappings diverge; ${cases} cases; ${tests}`;
}

/** One file a verified conversion: what was claimed, on what ground, and how it was tested. */
async function writeCertificates(
  folder: string,
  results: readonly Result[],
  { seed, runs, now, events = [] }: VerifyOptions,
): Promise<void> {
  const nameOf = outputNaming();
  for (const result of results) {
    const name = nameOf(result.conversion).replace(/\.\w+$/, '.certificate.json');
    const { made, queries } = result.conversion;
    if (!made) continue;
    const { counterexample, ...head } = resultJson(result);
    const certificate = {
      ...head,
      ...(counterexample && { counterexample }),
      tables: tablesOf(result.conversion),
      classes: made.plan.certificate.classes,
      assumptions: made.plan.assumptions,
      queries: queries.map((query) => createHash('sha256').update(query).digest('hex')),
      generated: { seed, runs, now },
      events: createHash('sha256').update(JSON.stringify(events)).digest('hex'),
      versions: await versionsOf(result.conversion.destination),
    };
    await writeFileIn(folder, name, `${JSON.stringify(certificate, null, 2)}\n`);
  }
}
