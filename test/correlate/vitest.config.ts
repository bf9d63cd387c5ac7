import { defineConfig } from 'vitest/config';

// What mutation testing runs: only the tests that are about correlations.
export default defineConfig({
  test: { include: ['test/correlate/**/*.test.ts'], testTimeout: 60_000 },
});
