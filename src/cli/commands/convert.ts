import { certificateOf, claimsOf, conversionsOf, type Conversion } from '../../convert.js';
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
import { outputNaming, pipelineOf, queryFile } from '../query-file.js';
import { progress, report } from '../report.js';
import { identityOf } from '../rule-identity.js';
import { askedBy, severalTables, tablesOf, type Asked } from '../tables.js';

/** Rules to queries, on standard output or as files; what is written of a conversion is all that is kept. */
export async function runConvert(args: Arguments): Promise<Exit> {
  const destinations = await destinationsOf(args);
  const { sources, diagnostics } = await readSources(args['paths'] as readonly string[]);
  const status = report([...destinations.diagnostics, ...diagnostics]);
  if (!destinations.ok) return exit.errors;

  const options = convertOptionsOf(args);
  const every = durationOf(args['every']);
  const folder = args['output'] as string | undefined;
  const isJson = args['format'] === 'json';
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const tick = progress('converting', rules.length * destinations.value.length);
  const nameOf = outputNaming();
  const results: ReturnType<typeof conversionJson>[] = [];
  const problems: Diagnostic[] = [];
  const asked: Asked[] = [];
  let done = 0;
  let separator = '';
  for (const made of conversionsOf(rules, destinations.value, options)) {
    tick(++done);
    const conversion = await withElsewhere(made, options);
    for (const each of askedBy(conversion)) asked.push(each);
    for (const problem of conversion.diagnostics) problems.push(problem);
    if (isJson) results.push(conversionJson(conversion, every));
    if (isJson && folder === undefined) continue;
    const name = nameOf(conversion);
    const text = queryFile(conversion, every);
    if (text === '') continue;
    if (folder !== undefined) await writeFileIn(folder, name, text);
    else {
      process.stdout.write(separator + text);
      separator = '\n';
    }
  }
  if (isJson) process.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`);
  else report([...eachOnce(problems), ...severalTables(asked)]);
  return hasErrors(problems) ? exit.errors : status;
}

/** The shape that design and schema/results/convert.schema.json promise. */
function conversionJson(conversion: Conversion, every: number | undefined) {
  const { rule, destination, queries, diagnostics, made } = conversion;
  return {
    rule: identityOf(rule),
    backend: destination.backend.manifest.id,
    pipeline: pipelineOf(conversion),
    tables: tablesOf(conversion),
    certificate: certificateOf(conversion),
    ...claimsOf(conversion),
    queries,
    assumptions: made?.plan.assumptions ?? [],
    ...(made?.plan.lookback !== undefined && { lookback: made.plan.lookback }),
    ...(made && every !== undefined && { schedule: scheduleOf(made.mapped, every) }),
    diagnostics: diagnostics.map(diagnosticJson),
  };
}

/** A problem of the rule itself is the same for every backend: it is told once. */
function eachOnce(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, span }: Diagnostic) =>
    JSON.stringify([code, message, span?.source.name, span?.start]);
  return [...new Map(problems.map((each) => [key(each), each])).values()];
}
