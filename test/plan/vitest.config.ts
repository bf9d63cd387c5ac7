import { defineConfig } from 'vitest/config';

// What mutation testing of the plans of detections runs.
export default defineConfig({
  test: { include: ['test/plan/{elastic,kql,spl}.test.ts'], testTimeout: 60_000 },
});
