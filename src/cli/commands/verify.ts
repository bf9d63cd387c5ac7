import { certificateOf, convertRule } from '../../convert.js';
import { runEql } from '../../dialects/eql/index.js';
import { runEsql } from '../../dialects/esql/index.js';
import { runKql } from '../../dialects/kql/index.js';
import { runSpl } from '../../dialects/spl/index.js';
import { loadKusto, readSources } from '../../node/index.js';
import { parse, resolve } from '../../syntax/index.js';
import { verify, type Interpreter } from '../../verify/index.js';
import type { Arguments } from '../command.js';
import { convertOptionsOf, destinationsOf } from '../destinations.js';
import { exit, type Exit } from '../exit.js';
import { pipelineOf } from '../query-file.js';
import { progress, report } from '../report.js';
import { identityOf } from '../rule-identity.js';

/** Judges the queries of detections by running them beside the rule. */
export async function runVerify(args: Arguments): Promise<Exit> {
  const destinations = await destinationsOf(args);
  const { sources, diagnostics } = await readSources(args['paths'] as readonly string[]);
  const kusto = await loadKusto();
  const status = report([...destinations.diagnostics, ...diagnostics, ...kusto.diagnostics]);
  if (!destinations.ok || !kusto.ok) return exit.errors;
  const interpreters: Readonly<Record<string, Interpreter>> = {
    kql: (input) => runKql(input, kusto.value),
    spl: runSpl,
    eql: runEql,
    esql: runEsql,
  };
  const { vars, ...options } = convertOptionsOf(args);
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const tick = progress('verifying', rules.length);
  const results = rules.flatMap((rule, index) => {
    tick(index + 1);
    return destinations.value.flatMap((destination) => {
      const conversion = convertRule(rule, destination, { ...options, vars });
      const verdict = verify(conversion, {
        interpreters,
        runs: args['runs'] as number,
        seed: args['seed'] as number,
        now: Date.now(),
        vars,
      });
      const backend = destination.backend.manifest.id;
      const certificate = certificateOf(conversion);
      const pipeline = pipelineOf(conversion);
      return verdict
        ? [{ rule: identityOf(rule), backend, pipeline, certificate, ...verdict }]
        : [];
    });
  });
  if (args['format'] === 'json') {
    process.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`);
  } else {
    for (const { rule, backend, certificate, verdict, mapping, cases, counterexample } of results) {
      console.log(
        `${verdict} (mapping ${mapping}) ${backend} ${certificate}: ${rule.title}, ${cases} cases`,
      );
      if (counterexample) console.log(JSON.stringify(counterexample, null, 2));
    }
    const unjudged = rules.length * destinations.value.length - results.length;
    if (unjudged > 0)
      console.error(
        `${unjudged} conversions are not judged by this command yet: correlations, and queries of two tables`,
      );
  }
  const diverges = results.some(
    (each) => each.verdict === 'diverges' || each.mapping === 'diverges',
  );
  return diverges ? exit.errors : status;
}
