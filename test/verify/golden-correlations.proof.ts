import { expect, test } from 'vitest';
import { against, verify } from '../../src/verify/index.js';
import { casesOf, converted } from '../golden/golden.js';
import { options } from './subjects.js';

// Verification of correlations sees what they find, and not only what they leave out.

/** A query that finds nothing, made of one that finds something. */
const empty = {
  kql: (query: string) => `${query}\n| where false`,
  spl: (query: string) => `${query}\n| where 1=2`,
  esql: (query: string) => `${query}\n| WHERE false`,
  eql: () => 'any where false',
  dsl: () => '{ "query": { "match_none": {} } }',
} as const;

for (const id of ['kql', 'spl', 'esql', 'eql', 'dsl'] as const) {
  test.each(casesOf('correlations'))(
    `%s in ${id} is equal to itself, and not to a query that finds nothing`,
    async (name) => {
      const own = await converted('correlations', name, id);
      const [query, ...more] = own.queries;
      // `--against` takes one query, and what is refused has none.
      if (query === undefined || more.length > 0) return;
      expect(verify(against(own, empty[id](query)), options)).toMatchObject({
        verdict: 'diverges',
        counterexample: { statement: 'rendering' },
      });
      const itself = verify(against(own, query), options);
      expect(itself.counterexample).toBeUndefined();
      expect(itself.verdict).toBe('equal');
    },
  );
}
