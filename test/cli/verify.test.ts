import { expect, test } from 'vitest';
import { isosigma } from './run-cli.js';

test('every rule of ours equals its query in all four languages, or is refused', () => {
  const { status, stdout } = isosigma(['verify', 'rules', '--format', 'json']);
  const { results } = JSON.parse(stdout) as {
    results: readonly {
      readonly verdict: string;
      readonly mapping: string;
      readonly cases: number;
    }[];
  };
  expect(status).toBe(0);
  expect(results.length).toBe(180);
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  expect([...verdicts].sort()).toEqual(['equal', 'refused']);
  expect(results.filter(({ verdict }) => verdict === 'refused').length).toBeLessThan(10);
  for (const { verdict, cases } of results)
    if (verdict === 'equal') expect(cases).toBeGreaterThan(5);
});
