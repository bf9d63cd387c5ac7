import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/dialects/contract.js';
import { run } from './run.js';

interface Case {
  readonly name: string;
  readonly query: string;
  readonly columns?: readonly string[];
  readonly columnTypes?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  /** The code of the first error, the text it points at, its message, and part of its help. */
  readonly error?: string;
  readonly at?: string;
  readonly message?: string;
  readonly help?: string;
  readonly warnings?: readonly string[];
}

const file = readFileSync(new URL('operators.yml', import.meta.url), 'utf8');
const { tables, cases } = load(file) as {
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly cases: readonly Case[];
};
const datasets = Object.entries(tables).map(([name, rows]) => ({ name, rows }));

test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
  const outcome = run(each.query, datasets);
  if (each.error !== undefined) {
    expect(outcome).toMatchObject({ ok: false });
    const problem = outcome.diagnostics.find(({ severity }) => severity === 'error')!;
    expect(problem.code).toBe(each.error);
    const { start, end } = problem.span!;
    if (each.at !== undefined) expect(each.query.slice(start, end)).toBe(each.at);
    if (each.message !== undefined) expect(problem.message).toBe(each.message);
    if (each.help !== undefined) expect(problem.help).toContain(each.help);
    return;
  }
  expect(outcome.diagnostics.map(({ code }) => code)).toEqual(each.warnings ?? []);
  if (!outcome.ok || outcome.value.kind !== 'table') throw new Error('no table');
  const { columns, rows } = outcome.value;
  if (each.columns) expect(columns.map(({ name }) => name)).toEqual(each.columns);
  if (each.columnTypes) expect(columns.map(({ type }) => type)).toEqual(each.columnTypes);
  expect(rows).toEqual(each.rows);
});
