import { expect, test } from 'vitest';
import { backendIds } from '../../src/render/index.js';
import { isosigma } from './run-cli.js';

test('every rule of ours equals its query in every language, or is refused', () => {
  const args = ['verify', 'rules', '-b', backendIds.join(), '--format', 'json'];
  const { status, stdout } = isosigma(args);
  const { results } = JSON.parse(stdout) as {
    results: readonly {
      readonly verdict: string;
      readonly backend: string;
      readonly cases: number;
    }[];
  };
  expect(status).toBe(0);
  expect(results.length).toBe(46 * backendIds.length);
  const verdicts = new Set(results.map(({ verdict }) => verdict));
  expect([...verdicts].sort()).toEqual(['equal', 'refused']);
  for (const id of backendIds) {
    const equal = results.filter(({ backend, verdict }) => backend === id && verdict === 'equal');
    expect(equal.length).toBeGreaterThan(35);
    for (const { cases } of equal) expect(cases).toBeGreaterThan(5);
  }
});
