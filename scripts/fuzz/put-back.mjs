// Shows that the fuzzers find what was found once: puts each hole back, in memory, and demands that it
// is found within two minutes.
//
//   npm run bundle && node scripts/fuzz/put-back.mjs [words of a hole's name]
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';
import { holes } from './holes.mjs';

const [words = ''] = process.argv.slice(2);
for (const { name, found, changes } of holes.filter((each) => each.name.includes(words))) {
  const folder = await bundle(changes);
  const start = Date.now();
  const { stdout } = spawnSync(
    process.execPath,
    [join(folder, 'main.js'), '--time', '120s', '--first', '--forget'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  rmSync(folder, { recursive: true, force: true });
  const [first = 'nothing'] = /^.* \(case \d+, after .*/m.exec(stdout) ?? [];
  console.log(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s, ${first}`);
  if (!first.startsWith(found)) process.exitCode = 1;
}
