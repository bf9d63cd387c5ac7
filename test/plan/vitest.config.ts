import { defineConfig } from 'vitest/config';

// What mutation testing of the plans of detections runs.
export default defineConfig({
  test: {
    include: [
      'test/plan/{elastic,kql,meaning,peers,spl}.test.ts',
      'test/golden/detections.test.ts',
    ],
    testTimeout: 60_000,
  },
});
