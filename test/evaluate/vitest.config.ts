import { defineConfig } from 'vitest/config';

// What mutation testing of the detections' side of the evaluator runs.
export default defineConfig({
  test: {
    include: ['test/{evaluate,conformance}/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
