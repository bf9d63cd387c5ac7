import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { certificateOf, convertRule, type Conversion } from '../../src/convert.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import { printText } from '../../src/diagnostics/index.js';
import { readEvents, type Event } from '../../src/evaluate/index.js';
import { loadPipeline, parsePipeline, type Pipeline } from '../../src/pipeline/index.js';
import { loadKusto } from '../../src/node/kusto.js';
import { type BackendId } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { verify, type Interpreter, type Verdict } from '../../src/verify/index.js';
import { backendOf } from '../support/backend.js';

const root = new URL('./', import.meta.url);

/**
 * The cases of one kind, by name: a folder with `rule.yml` and `out/<backend>.txt`; also `pipeline.yml` for all backends, or
 * `pipeline.<backend>.yml` for one, where the rule needs it.
 */
export function casesOf(kind: 'correlations' | 'detections'): readonly string[] {
  return readdirSync(new URL(kind, root)).sort();
}

export function pathOf(kind: string, name: string, file: string): string {
  return new URL(`${kind}/${name}/${file}`, root).pathname;
}

/** The files that a case has, below its folder. */
export function filesOf(kind: string, name: string): readonly string[] {
  const folder = pathOf(kind, name, '');
  const outputs = existsSync(`${folder}out`) ? readdirSync(`${folder}out`) : [];
  const own = readdirSync(folder).filter((file) => file !== 'out');
  return [...own, ...outputs.map((file) => `out/${file}`)].sort();
}

/** The rule of a case, said in a backend: the last of its file, which must not be changed by it. */
export async function converted(kind: string, name: string, id: BackendId): Promise<Conversion> {
  const text = readFileSync(pathOf(kind, name, 'rule.yml'), 'utf8');
  const rules = resolve(parse([{ name: 'rule.yml', text }]));
  const rule = frozen(rules.filter(({ output }) => output).at(-1)!);
  const pipelines = [
    (await loadPipeline('plain', id))!,
    ...ownPipeline(pathOf(kind, name, 'pipeline.yml')),
    ...ownPipeline(pathOf(kind, name, `pipeline.${id}.yml`)),
  ];
  return convertRule(
    rule,
    { backend: await backendOf(id), pipelines },
    {
      vars: new Map(),
      unscoped: false,
      allow: ['union'],
      maxQueries: 24,
    },
  );
}

function ownPipeline(name: string): readonly Pipeline[] {
  if (!existsSync(name)) return [];
  const parsed = parsePipeline({ name, text: readFileSync(name, 'utf8') });
  if (!parsed.ok) throw new Error(printText(parsed.diagnostics));
  return [parsed.value];
}

/** The certificate, the queries, and what there is to say about them. */
export function goldenText(conversion: Conversion): string {
  const { queries, diagnostics, made } = conversion;
  const ids = made?.plan.assumptions.join(', ');
  const parts = [
    [certificateOf(conversion), ...(ids === undefined ? [] : [`on ${ids}`])].join('\n'),
    ...queries,
    ...(diagnostics.length > 0 ? [printText(diagnostics).trimEnd()] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

const kusto = await loadKusto();
if (!kusto.ok) throw new Error(printText(kusto.diagnostics));
const { value: language } = kusto;

const interpreters: Readonly<Record<BackendId, Interpreter>> = {
  kql: (input) => runKql(input, language),
  spl: runSpl,
  dsl: runDsl,
  eql: runEql,
  esql: runEsql,
};

/** The events that a detection's case is tried on. */
export function eventsOf(name: string): readonly Event[] {
  const text = readFileSync(pathOf('detections', name, 'events.ndjson'), 'utf8');
  const read = readEvents({ name, text });
  if (!read.ok) throw new Error(read.diagnostics[0]!.message);
  return read.value;
}

/** Whether the queries mean the rule, over generated events and these. */
export function judged(conversion: Conversion, events: readonly Event[] = []): Verdict {
  return verify(conversion, {
    interpreters,
    runs: 12,
    seed: 1,
    now: Date.parse('2024-02-09T00:00:00Z'),
    vars: new Map(),
    events,
  });
}

function frozen<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  for (const each of Object.values(value)) frozen(each, seen);
  return Object.freeze(value);
}
