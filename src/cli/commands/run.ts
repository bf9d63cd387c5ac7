import type { Dataset, RunInput, RunResult } from '../../dialects/index.js';
import { andThen, success, type Outcome } from '../../diagnostics/index.js';
import { normalise, readEvents } from '../../evaluate/index.js';
import { loadKusto, readSource } from '../../node/index.js';
import type { Arguments } from '../command.js';
import { exit, type Exit } from '../exit.js';
import { readFieldTypes, type FieldTypes } from '../field-types.js';
import { emptyColumns } from '../known-columns.js';
import { report } from '../report.js';
import { table } from '../table.js';
import { timeOption } from '../time-option.js';

type Language = keyof typeof languages;

/** The interpreters, each loaded when a query of its language comes. */
const languages = {
  kql: async (input: RunInput): Promise<Outcome<RunResult>> => {
    const { runKql } = await import('../../dialects/kql/index.js');
    const [dataset] = input.datasets as readonly [Dataset];
    const types = await emptyColumns(input.query.text, dataset.rows);
    const datasets = [{ ...dataset, types: { ...types, ...dataset.types } }];
    return andThen(await loadKusto(), (kusto) => runKql({ ...input, datasets }, kusto));
  },
  spl: async (input: RunInput) => (await import('../../dialects/spl/index.js')).runSpl(input),
  eql: async (input: RunInput) => (await import('../../dialects/eql/index.js')).runEql(input),
  esql: async (input: RunInput) => (await import('../../dialects/esql/index.js')).runEsql(input),
  dsl: async (input: RunInput) => (await import('../../dialects/dsl/index.js')).runDsl(input),
};

const timeFields = {
  kql: 'TimeGenerated',
  spl: '_time',
  eql: '@timestamp',
  esql: '@timestamp',
  dsl: '@timestamp',
};

/** Any query of the supported subset over recorded events. */
export async function runRun(args: Arguments): Promise<Exit> {
  const language = args['language'] as Language;
  const now = timeOption(args, 'now');
  if (!now) return exit.usage;
  if (language === 'spl' && args['types'] !== undefined) {
    console.error('--types: fields of SPL have no types');
    return exit.usage;
  }
  const [query, text, types] = await Promise.all([
    readSource(args['query'] as string),
    readSource(args['events'] as string),
    typesOf(args['types'] as string | undefined, language),
  ]);
  const events = andThen(text, readEvents);
  const name = (args['table'] as string | undefined) ?? '*';
  const input = andThen(query, (query) =>
    andThen(types, ([types = {}, ...others]) =>
      andThen(events, (rows) =>
        success({
          query,
          datasets: [
            { name, rows: rows.map((row) => normalise(row)), types },
            ...others.map((types) => ({ name, rows: [], types })),
          ],
          now: now.now ?? Date.now(),
          timeField: (args['timeField'] as string | undefined) ?? timeFields[language],
        }),
      ),
    ),
  );
  const result = input.ok ? await languages[language](input.value) : input;
  const status = report(result.diagnostics);
  if (result.ok)
    process.stdout.write(args['format'] === 'json' ? json(result.value) : printed(result.value));
  return status;
}

/** The types of `--types`, of each index that it describes; none without it. */
async function typesOf(
  path: string | undefined,
  language: Language,
): Promise<Outcome<readonly FieldTypes[]>> {
  if (path === undefined) return success([]);
  return andThen(await readSource(path), (source) => readFieldTypes(source, language));
}

function json(result: RunResult): string {
  return `${JSON.stringify({ ...result, kind: undefined }, null, 2)}\n`;
}

function printed(result: RunResult): string {
  switch (result.kind) {
    case 'table':
      return table([
        result.columns.map(({ name }) => name),
        ...result.rows.map((row) =>
          row.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))),
        ),
      ]);
    case 'events':
      return result.events.map((event) => `event ${event}\n`).join('');
    case 'sequences':
      return result.sequences
        .map(({ keys, events }) => `${JSON.stringify(keys)}: events ${events.join(', ')}\n`)
        .join('');
  }
}
