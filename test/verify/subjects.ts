import { readFileSync } from 'node:fs';
import type { Destination } from '../../src/convert.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import type { SourceFile } from '../../src/diagnostics/index.js';
import { loadKusto } from '../../src/node/kusto.js';
import { parsePipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import type { Interpreter, VerifyOptions } from '../../src/verify/index.js';
import { backendOf } from '../support/backend.js';

export function source(name: string): SourceFile {
  return { name, text: readFileSync(new URL(name, import.meta.url), 'utf8') };
}

const times = {
  kql: 'TimeGenerated',
  spl: '_time',
  eql: '@timestamp',
  esql: '@timestamp',
  dsl: '@timestamp',
};

/** A backend with the pipeline of typed columns. */
export async function typed(id: BackendId): Promise<Destination> {
  const { name, text } = source('typed-pipeline.yml');
  const pipeline = parsePipeline({ name, text: `${text}time: '${times[id]}'\n` });
  if (!pipeline.ok) throw new Error(pipeline.diagnostics[0]!.message);
  return { backend: await backendOf(id), pipelines: [pipeline.value] };
}

const kusto = await loadKusto();
if (!kusto.ok) throw new Error(kusto.diagnostics[0]!.message);
const { value: language } = kusto;

export const interpreters: Readonly<Record<BackendId, Interpreter>> = {
  kql: (input) => runKql(input, language),
  spl: runSpl,
  eql: runEql,
  dsl: runDsl,
  esql: runEsql,
};

export const options: VerifyOptions = {
  interpreters,
  runs: 20,
  seed: 7,
  now: Date.parse('2024-02-09T00:00:00Z'),
  vars: new Map(),
};

export const convertOptions = {
  vars: new Map<string, string>(),
  unscoped: false,
  allow: ['union'] as const,
  maxQueries: 24,
};
