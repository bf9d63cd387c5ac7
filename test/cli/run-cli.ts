import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the built command line in the project's root, as a user would. */
export function isosigma(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  output: 'pipe' | number = 'pipe',
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    input,
    cwd: root,
    encoding: 'utf8',
    stdio: ['pipe', output, 'pipe'],
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', ...environment },
  });
  return { status, stdout, stderr };
}
