import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/dialects/contract.js';
import { runSpl } from '../../../src/dialects/spl/index.js';

interface Case {
  readonly name: string;
  readonly query: string;
  readonly events?: readonly Row[];
  readonly datasets?: Readonly<Record<string, readonly Row[]>>;
  readonly columns?: readonly string[];
  /** By column. */
  readonly columnTypes?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  /** What the rows have in the column `id`, in order. */
  readonly ids?: readonly unknown[];
  /** The code of the first error, the text it points at, and its message. */
  readonly error?: string;
  readonly at?: string;
  readonly message?: string;
  readonly help?: string;
  readonly warnings?: readonly string[];
}

/** Events are shared by the cases of a file; their time may be given as `t`, in seconds from 10:00. */
type CaseFile = Pick<Case, 'events'> & { readonly cases: readonly Case[] };

const folder = new URL('.', import.meta.url);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
  const { events, cases } = load(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
  for (const each of cases) {
    test(`${file.replace('.yml', '')}: ${each.name}`, () => {
      const named = each.datasets ?? { '*': each.events ?? events ?? [{}] };
      const outcome = runSpl({
        query: { name: file, text: each.query },
        datasets: Object.entries(named).map(([name, rows]) => ({ name, rows: rows.map(timed) })),
        now: Date.UTC(2024, 0, 31, 12),
        timeField: 'when',
      });
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
      const names = columns.map(({ name }) => name);
      if (each.columns) expect(names).toEqual(each.columns);
      if (each.columnTypes) expect(columns.map(({ type }) => type)).toEqual(each.columnTypes);
      if (each.ids)
        expect(rows.map((row) => row[names.indexOf('id')])).toEqual(each.ids.map(String));
      else expect(rows).toEqual(each.rows);
    });
  }
}

function timed({ t, ...row }: Row): Row {
  return typeof t === 'number' ? { when: 1_705_312_800_000 + t * 1000, ...row } : row;
}
