import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { convertRule } from '../../src/convert.js';
import type { Row, RunInput, RunResult } from '../../src/dialects/index.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import type { Outcome } from '../../src/diagnostics/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { backendOf } from '../support/backend.js';

/** A row as the vendor's parser leaves it, and what becomes of a rule: found, missed, or why it is refused. */
interface Case {
  readonly fact: string;
  readonly rule: string;
  readonly row: Row;
  readonly types?: Readonly<Record<string, string>>;
  readonly result: Readonly<Partial<Record<keyof typeof runners, string>>>;
}

const runners = { eql: runEql, esql: runEsql, dsl: runDsl, spl: runSpl } satisfies Record<
  string,
  (input: RunInput) => Outcome<RunResult>
>;

const now = Date.parse('2026-01-02T00:00:00Z');
const text = readFileSync(new URL('elastic.yml', import.meta.url), 'utf8');

describe.each(load(text) as readonly Case[])('$fact', ({ rule, row, types, result }) => {
  test.each(Object.entries(result))('%s: %s', async (id, expected) => {
    const backend = await backendOf(id as keyof typeof runners);
    const pipelines = await Promise.all(
      backend.manifest.pipelines.map(async (each) => (await loadPipeline(each, id))!),
    );
    const [resolved] = resolve(parse([{ name: 'rule.yml', text: rule }]));
    const options = { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 };
    const { queries, diagnostics } = convertRule(resolved!, { backend, pipelines }, options);
    if (queries.length === 0) {
      expect(diagnostics.map(({ message }) => message).join('\n')).toContain(expected);
      return;
    }
    const ran = runners[id as keyof typeof runners]({
      query: { name: 'query', text: queries[0]! },
      datasets: [{ name: '*', rows: [row], ...(types && { types }) }],
      now,
      timeField: id === 'spl' ? '_time' : '@timestamp',
    });
    expect(ran.ok ? foundIn(ran.value) : ran.diagnostics).toBe(expected);
  });
});

function foundIn(result: RunResult): string {
  const found =
    result.kind === 'table' ? result.rows : result.kind === 'events' ? result.events : [];
  return found.length > 0 ? 'found' : 'missed';
}

const keyed = {
  name: '*',
  rows: [{ '@timestamp': '2026-01-01T00:00:00Z', f: { part: 'Value' } }],
  types: { f: 'flattened' },
};

/** What the engine itself says of queries that we never write. */
test.each([
  ['dsl', '{"query":{"term":{"f.part":{"value":"value","case_insensitive":true}}}}', 'found'],
  ['dsl', '{"query":{"prefix":{"f.part":{"value":"Val"}}}}', 'found'],
  ['dsl', '{"query":{"exists":{"field":"f.part"}}}', 'found'],
  ['dsl', '{"query":{"wildcard":{"f.part":{"value":"*alu*"}}}}', 'dsl/field-type'],
  ['dsl', '{"query":{"regexp":{"f.part":{"value":".*"}}}}', 'dsl/field-type'],
  ['dsl', '{"query":{"range":{"f.part":{"gte":"V"}}}}', 'dsl/syntax'],
  ['dsl', '{"query":{"range":{"f.part":{"gte":"V","lte":"W"}}}}', 'found'],
  ['eql', 'any where f.part == "Value"', 'eql/field-type'],
  ['eql', 'any where ?f.part == "Value"', 'eql/field-type'],
  ['esql', 'FROM * | WHERE f.part == "Value"', 'esql/field-type'],
] as const)('a part of a flattened field: %s %s', (id, query, expected) => {
  const ran = runners[id]({
    query: { name: 'query', text: query },
    datasets: [keyed],
    now,
    timeField: '@timestamp',
  });
  expect(ran.ok ? foundIn(ran.value) : ran.diagnostics[0]?.code).toBe(expected);
});
