import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import type { Row, RunInput, RunResult } from '../../src/dialects/index.js';
import type { Outcome } from '../../src/diagnostics/index.js';

/** Events are shared by the cases of a file; `@timestamp` may be given in seconds as `t`. */
interface CaseFile {
  readonly events: readonly Row[];
  readonly types?: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly query: string;
  readonly events?: readonly Row[];
  readonly types?: Readonly<Record<string, string>>;
  /** Indices of the events, or of each sequence's events. */
  readonly ids?: readonly number[] | readonly (readonly number[])[];
  readonly keys?: readonly (readonly unknown[])[];
  /** The code of the first error, and the text it points at. */
  readonly error?: string;
  readonly at?: string;
  readonly help?: string;
  readonly warnings?: readonly string[];
}

/** A test for each case of the YAML files in a folder, whose queries find events or sequences of them. */
export function testCases(
  folder: URL,
  run: (input: RunInput) => Outcome<RunResult>,
  now: number,
): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yml'))) {
    const { events, types, cases } = load(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
    for (const each of cases) {
      test(`${file.replace('.yml', '')}: ${each.name}`, () => {
        const source = { name: file, text: each.query };
        const rows = (each.events ?? events).map(timed);
        const outcome = run({
          query: source,
          datasets: [{ name: '*', rows, types: each.types ?? types ?? {} }],
          now,
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
        if (!outcome.ok || outcome.value.kind === 'table') throw new Error('no result');
        const { value } = outcome;
        if (value.kind === 'events') {
          expect(value.events).toEqual(each.ids);
        } else {
          expect(value.sequences.map((sequence) => sequence.events)).toEqual(each.ids);
          if (each.keys) expect(value.sequences.map(({ keys }) => keys)).toEqual(each.keys);
        }
      });
    }
  }
}

function timed({ t, ...row }: Row): Row {
  return typeof t === 'number' ? { '@timestamp': 1_700_000_000_000 + t * 1000, ...row } : row;
}
