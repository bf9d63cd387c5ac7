import { expect, test } from 'vitest';
import { interpretersOf } from '../../src/cli/interpreters.js';
import { languages } from '../../src/cli/languages.js';

test('every language that is said to be verified has its interpreter', async () => {
  const interpreters = await interpretersOf(languages);
  expect(interpreters.ok && Object.keys(interpreters.value).sort()).toEqual([...languages].sort());
});

test('of a backend without an interpreter nothing can be shown, which is said', async () => {
  const { ok, diagnostics } = await interpretersOf(['kql', 'lucene']);
  expect(ok).toBe(false);
  expect(diagnostics.map(({ code }) => code)).toEqual(['verify/no-interpreter']);
});
