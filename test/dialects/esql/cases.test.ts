import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/dialects/contract.js';
import { runEsql } from '../../../src/dialects/esql/index.js';

interface Case {
  readonly name: string;
  readonly query: string;
  readonly events?: readonly Row[];
  readonly types?: Readonly<Record<string, string>>;
  readonly datasets?: Readonly<Record<string, readonly Row[]>>;
  readonly columns?: readonly string[];
  /** By column. */
  readonly columnTypes?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  /** The code of the first error, and the text it points at. */
  readonly error?: string;
  readonly at?: string;
  readonly help?: string;
  readonly warnings?: readonly string[];
}

/** Events are shared by the cases of a file; `@timestamp` may be given in seconds as `t`. */
type CaseFile = Pick<Case, 'events' | 'types'> & { readonly cases: readonly Case[] };

const folder = new URL('.', import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
  const { events, types, cases } = load(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
  for (const each of cases) {
    test(`${file.replace('.yml', '')}: ${each.name}`, () => {
      const named = each.datasets ?? { logs: each.events ?? events ?? [] };
      const outcome = runEsql({
        query: { name: file, text: each.query },
        datasets: Object.entries(named).map(([name, rows]) => ({
          name,
          rows: rows.map(timed),
          types: each.types ?? types ?? {},
        })),
        now: Date.UTC(2024, 0, 31, 12),
        timeField: '@timestamp',
      });
      if (each.error !== undefined) {
        expect(outcome).toMatchObject({ ok: false });
        const problem = outcome.diagnostics.find(({ severity }) => severity === 'error')!;
        expect(problem.code).toBe(each.error);
        const { start, end } = problem.span!;
        if (each.at !== undefined) expect(each.query.slice(start, end)).toBe(each.at);
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
  }
}

function timed({ t, ...row }: Row): Row {
  return typeof t === 'number' ? { '@timestamp': 1_705_312_800_000 + t * 1000, ...row } : row;
}
