import { defineConfig } from 'vitest/config';

// Two lanes: `npm test` runs what is quick to know, `npm run test:proof` runs whatever else shows that queries
// mean their rules. A test has no clock: on a busy machine all of them take longer.
const lane = (name: string, suffix: string) => ({
  extends: true as const,
  test: { name, include: [`test/**/*.${suffix}.ts`] },
});

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 0,
    hookTimeout: 0,
    maxWorkers: '100%',
    projects: [lane('test', 'test'), lane('proof', 'proof')],
  },
});
