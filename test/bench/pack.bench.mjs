// What a content pack costs: `npm run bench -- pack`, over ../shared/corpus where it is, else over rules/.
// The rules for three SIEMs, converted and as a pack, each by the command in a process of its own.
// Fails if the pack takes three times as long as the conversions, or half a gigabyte.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const corpus = join(root, '..', 'shared/corpus/sigmahq/rules');
const rules = process.env.ISOSIGMA_CORPUS ?? (existsSync(corpus) ? corpus : join(root, 'rules'));
const folder = mkdtempSync(join(tmpdir(), 'isosigma-'));
const file = join(folder, 'pack.yml');
writeFileSync(
  file,
  JSON.stringify({
    name: 'bench',
    title: 'Bench',
    version: '1.0.0',
    license: 'none',
    authors: ['Nobody'],
    rules: [rules],
    targets: [
      { backends: ['kql'], pipelines: ['sentinel'], formats: ['sentinel-yaml', 'sentinel-arm'] },
      { backends: ['spl'], formats: ['splunk-app'] },
      { backends: ['eql'], formats: ['elastic-ndjson'] },
    ],
  }),
);

/** Wall and processor time in seconds, and the most memory in megabytes, of a command. */
function cost(...args) {
  const tell = `process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'cost.json'))},
      JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
  });`;
  writeFileSync(join(folder, 'tell.cjs'), tell);
  const start = performance.now();
  const bin = join(root, 'dist/cli/bin.js');
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--require', join(folder, 'tell.cjs'), bin, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const wall = (performance.now() - start) / 1000;
  return {
    wall,
    ...JSON.parse(readFileSync(join(folder, 'cost.json'), 'utf8')),
    status,
    said: stdout.trimEnd().split('\n').at(-1),
  };
}

const converting = cost('convert', rules, '-b', 'kql,spl,eql', '-o', join(folder, 'queries'));
const packing = cost('pack', 'build', file, '-o', join(folder, 'out'));
rmSync(folder, { recursive: true });
if (packing.status !== 0) throw new Error('the pack was not built');
for (const [name, { wall, cpu, megabytes }] of Object.entries({ converting, packing }))
  console.log(
    `${name}: ${wall.toFixed(1)} s, ${cpu.toFixed(1)} s of processor time, ${megabytes.toFixed(0)} MB`,
  );
const ratio = packing.cpu / converting.cpu;
console.log(`${packing.said}\n${ratio.toFixed(2)} times the processor time of converting`);
if (ratio > 3 || packing.megabytes > 512) process.exitCode = 1;
