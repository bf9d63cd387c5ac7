import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { problemsOf, rowsOf } from './run.js';

/** What a page under https://learn.microsoft.com/kusto/query/ shows or states, or leaves open. */
interface Page {
  readonly page: string;
  readonly cases: readonly Case[];
}

interface Case {
  /** An expression that has the value `is`, or a query that gives `rows`. */
  readonly run: string;
  readonly is?: unknown;
  readonly rows?: readonly (readonly unknown[])[];
  /** Instead of a result: the refusal's code. */
  readonly refused?: string;
}

const file = readFileSync(new URL('documented.yml', import.meta.url), 'utf8');

describe.each((load(file) as readonly Page[]).map(({ page, cases }) => [page, cases] as const))(
  '%s',
  (_, cases) => {
    test.each(cases.map((each) => [each.run, each] as const))('%s', (_run, each) => {
      const query = each.rows || each.run.includes('|') ? each.run : `print r = ${each.run}`;
      if (each.refused !== undefined)
        expect(problemsOf(query).map((problem) => problem.split(':')[0])).toEqual([each.refused]);
      else expect(rowsOf(query)).toEqual(each.rows ?? [[each.is]]);
    });
  },
);
