import { dirname, resolve as resolvePath } from 'node:path';
import {
  eventFilesOf,
  failureOf,
  printJunit,
  readCases,
  type CaseResult,
} from '../../case/index.js';
import { convertRule, meaningOf } from '../../convert.js';
import {
  all,
  andThen,
  diagnostic,
  failure,
  hasErrors,
  positionOf,
  shortlist,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
} from '../../diagnostics/index.js';
import type { Rule } from '../../ir/index.js';
import { readSource, readSources } from '../../node/index.js';
import { parse, resolve, type ResolvedRule } from '../../syntax/index.js';
import type { Arguments } from '../command.js';
import { convertOptionsOf } from '../destination-options.js';
import { destinationsOf } from '../destinations.js';
import { exit, type Exit } from '../exit.js';
import { differenceOf, goldensOf, writeGolden, type Golden } from '../golden.js';
import { report } from '../report.js';
import { identityOf } from '../rule-identity.js';

/** What was tested, and what is to be told. */
interface Tested {
  readonly results: readonly CaseResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The cases beside rules, and the golden queries. */
export async function runTest(args: Arguments): Promise<Exit> {
  const { sources, diagnostics: unread } = await readSources(args['paths'] as readonly string[]);
  const rules = resolve(parse(sources));
  const cases = await Promise.all(sources.map((source) => testFile(source, rules)));
  const goldens = await testGoldens(
    args,
    rules.filter(({ output }) => output),
  );
  const tested = [...cases, goldens];
  const results = tested.flatMap((each) => each.results);
  const diagnostics = [...unread, ...tested.flatMap((each) => each.diagnostics)];
  print(args, results);
  report(diagnostics);
  return hasErrors(diagnostics) ? exit.errors : exit.clean;
}

const nothing: Tested = { results: [], diagnostics: [] };

/** The cases of one rule file. */
async function testFile(rules: SourceFile, all: readonly ResolvedRule[]): Promise<Tested> {
  const source = await readSource(rules.name.replace(/\.ya?ml$/i, '.test.yml'));
  if (!source.ok || source.value.name === rules.name) return nothing;
  const own = all.filter((rule) => identityOf(rule).file === rules.name);
  const cases = andThen(await eventFiles(source.value), (files) => readCases(source.value, files));
  const rule = ruleFor(own, source.value);
  const read = andThen(cases, (cases) => andThen(rule, (rule) => success({ cases, ...rule })));
  if (!read.ok) return { results: [], diagnostics: shortlist(read.diagnostics) };
  const results: CaseResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const test of read.value.cases) {
    const message = failureOf(read.value.meaning, test);
    if (message !== undefined)
      diagnostics.push(diagnostic('test/failed', test.span, { reason: message }));
    results.push({
      rule: read.value.title,
      file: source.value.name,
      name: test.name,
      status: message === undefined ? 'passed' : 'failed',
      ...(message !== undefined && { message }),
      line: positionOf(source.value, test.span.start).line,
    });
  }
  return { results, diagnostics };
}

/** The rule of the file, or the one of several that is put out. */
function ruleFor(
  own: readonly ResolvedRule[],
  source: SourceFile,
): Outcome<{ readonly meaning: Rule; readonly title: string }> {
  const [rule, ...more] = own.length > 1 ? own.filter(({ output }) => output) : own;
  const span = { source, start: 0, end: 0 };
  if (!rule || more.length > 0) {
    const reason = rule
      ? 'the file beside it puts out several'
      : 'the file beside it puts out none';
    return failure(diagnostic('test/no-rule', span, { reason }));
  }
  const { title } = identityOf(rule);
  return andThen(meaningOf(rule, []), (meaning) => success({ meaning, title }));
}

async function eventFiles(source: SourceFile): Promise<Outcome<ReadonlyMap<string, SourceFile>>> {
  const names = eventFilesOf(source);
  const files = await Promise.all(
    names.map((name) => readSource(resolvePath(dirname(source.name), name))),
  );
  return andThen(all(files), (read) =>
    success(new Map(read.map((file, at) => [names[at]!, file]))),
  );
}

/** Golden queries: those that are there, and with --backend those that should be. */
async function testGoldens(args: Arguments, rules: readonly ResolvedRule[]): Promise<Tested> {
  const destinations = await destinationsOf(args);
  if (!destinations.ok) return { results: [], diagnostics: destinations.diagnostics };
  const options = convertOptionsOf(args);
  const conversions = rules.flatMap((rule) =>
    destinations.value.map((destination) => convertRule(rule, destination, options)),
  );
  const goldens = await goldensOf(conversions);
  const isAsked = args['backend'] !== undefined;
  const results: CaseResult[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, golden] of goldens.entries()) {
    if (golden.before === golden.now || (golden.before === undefined && !isAsked)) {
      if (golden.before !== undefined) results.push(resultOf(golden, conversions[index]!.rule));
      continue;
    }
    if (golden.before !== undefined || args['update'] === true)
      process.stderr.write(differenceOf(golden));
    if (args['update'] === true) {
      await writeGolden(golden);
      results.push(resultOf(golden, conversions[index]!.rule));
      continue;
    }
    // A developer's own run may come before the first --update.
    if (golden.before === undefined && !isContinuous()) continue;
    const code = golden.before === undefined ? 'test/golden-missing' : 'test/golden-differs';
    const problem = diagnostic(code, undefined, { path: golden.path });
    diagnostics.push(problem);
    results.push({
      ...resultOf(golden, conversions[index]!.rule),
      status: 'failed',
      message: problem.message,
    });
  }
  return { results, diagnostics };
}

/** Build servers say so with CI=true or CI=1. */
function isContinuous(): boolean {
  return !['', '0', 'false'].includes(process.env['CI'] ?? '');
}

function resultOf({ path }: Golden, rule: ResolvedRule): CaseResult {
  return { rule: identityOf(rule).title, file: path, name: 'golden query', status: 'passed' };
}

function print(args: Arguments, results: readonly CaseResult[]): void {
  const failed = results.filter(({ status }) => status === 'failed').length;
  const passed = results.length - failed;
  if (args['format'] === 'json') {
    process.stdout.write(`${JSON.stringify({ passed, failed, cases: results }, null, 2)}\n`);
  } else if (args['format'] === 'junit') {
    process.stdout.write(printJunit(results));
  } else {
    console.log(`${passed} passed, ${failed} failed`);
  }
}
