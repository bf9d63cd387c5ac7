import { defineConfig } from 'vitest/config';

// What mutation testing of the plans of detections runs.
export default defineConfig({
  test: {
    include: ['test/plan/{elastic,groups,kql,regexes,spl,typing,words}.test.ts'],
    testTimeout: 60_000,
  },
});
