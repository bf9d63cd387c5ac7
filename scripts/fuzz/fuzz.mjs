// Throws hostile inputs at everything that reads one: see CONTRIBUTING.md.
//
//   npm run fuzz -- --time 10m
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';

const folder = await bundle();
try {
  const { status } = spawnSync(
    process.execPath,
    [join(folder, 'main.js'), ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
