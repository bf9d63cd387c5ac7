import { certificateOf, convertRule, type Conversion } from '../../convert.js';
import { diagnosticJson, hasErrors, type Diagnostic } from '../../diagnostics/index.js';
import { readSources, writeFileIn } from '../../node/index.js';
import { scheduleOf } from '../../plan/index.js';
import { parse, resolve } from '../../syntax/index.js';
import type { Arguments } from '../command.js';
import { convertOptionsOf } from '../destination-options.js';
import { destinationsOf } from '../destinations.js';
import { durationOf } from '../duration.js';
import { withElsewhere } from '../elsewhere.js';
import { exit, type Exit } from '../exit.js';
import { outputNames, pipelineOf, queryFile } from '../query-file.js';
import { progress, report } from '../report.js';
import { identityOf } from '../rule-identity.js';

/** Rules to queries, on standard output or as files. */
export async function runConvert(args: Arguments): Promise<Exit> {
  const destinations = await destinationsOf(args);
  const { sources, diagnostics } = await readSources(args['paths'] as readonly string[]);
  const status = report([...destinations.diagnostics, ...diagnostics]);
  if (!destinations.ok) return exit.errors;

  const options = convertOptionsOf(args);
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const tick = progress('converting', rules.length);
  const made = rules.flatMap((rule, index) => {
    tick(index + 1);
    return destinations.value.map((destination) => convertRule(rule, destination, options));
  });
  const conversions = await Promise.all(made.map((each) => withElsewhere(each, options)));

  const every = durationOf(args['every']);
  const folder = args['output'] as string | undefined;
  if (folder !== undefined) await writeQueries(folder, conversions, every);
  if (args['format'] === 'json') {
    process.stdout.write(
      `${JSON.stringify({ results: conversions.map((each) => conversionJson(each, every)) }, null, 2)}\n`,
    );
  } else {
    if (folder === undefined) {
      const texts = conversions.map((each) => queryFile(each, every));
      process.stdout.write(texts.filter(Boolean).join('\n'));
    }
    report(eachOnce(conversions));
  }
  return conversions.some((each) => hasErrors(each.diagnostics)) ? exit.errors : status;
}

async function writeQueries(
  folder: string,
  conversions: readonly Conversion[],
  every: number | undefined,
): Promise<void> {
  const names = outputNames(conversions);
  for (const [index, conversion] of conversions.entries()) {
    const text = queryFile(conversion, every);
    if (text !== '') await writeFileIn(folder, names[index]!, text);
  }
}

/** The shape that design and schema/results/convert.schema.json promise. */
function conversionJson(conversion: Conversion, every: number | undefined) {
  const { rule, destination, queries, diagnostics, made } = conversion;
  return {
    rule: identityOf(rule),
    backend: destination.backend.manifest.id,
    pipeline: pipelineOf(conversion),
    certificate: certificateOf(conversion),
    queries,
    assumptions: made?.plan.assumptions ?? [],
    ...(made?.plan.lookback !== undefined && { lookback: made.plan.lookback }),
    ...(made && every !== undefined && { schedule: scheduleOf(made.mapped, every) }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

/** A problem of the rule itself is the same for every backend: it is told once. */
function eachOnce(conversions: readonly Conversion[]): readonly Diagnostic[] {
  const key = ({ code, message, span }: Diagnostic) =>
    JSON.stringify([code, message, span?.source.name, span?.start]);
  const all = conversions.flatMap(({ diagnostics }) => diagnostics);
  return [...new Map(all.map((each) => [key(each), each])).values()];
}
