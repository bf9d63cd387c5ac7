// What a conversion costs, as ratios to js-yaml alone over the same files. Each figure is taken in a
// process of its own, three times; the median of its CPU time counts.
//
//   npm run bench                    over rules/ (or ../shared/corpus where it is)
//   npm run bench -- path/to/rules
//   npm run bench -- growth           (or correlate, dialects, pack: the other benches beside this one)
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');
const corpus = join(root, '..', 'shared', 'corpus', 'sigmahq');
const [task, ...rest] = process.argv.slice(2);

/** Each task returns the work to time; what it needs is loaded before. */
const tasks = {
  yaml: async (files) => {
    const { loadAll } = await import('js-yaml');
    return () => files.forEach(({ text }) => loadAll(text));
  },
  parse: async (files) => {
    const { parse, resolve } = await library();
    return () => resolve(parse(files));
  },
  kql: (files) => conversion(files, ['kql']),
  spl: (files) => conversion(files, ['spl']),
  eql: (files) => conversion(files, ['eql']),
  'kql,spl,eql': (files) => conversion(files, ['kql', 'spl', 'eql']),
  'kql,spl,eql,esql': (files) => conversion(files, ['kql', 'spl', 'eql', 'esql']),
};

function library() {
  return import(join(root, 'dist', 'index.js'));
}

async function conversion(files, ids) {
  const { conversionsOf, loadBackend, loadPipeline, parse, readerOf, resolve } = await library();
  const destinations = await Promise.all(
    ids.map(async (id) => {
      const backend = await loadBackend(id, readerOf(id));
      const pipelines = await Promise.all(
        backend.manifest.pipelines.map((name) => loadPipeline(name, id)),
      );
      return { backend, pipelines };
    }),
  );
  const options = { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 };
  // As the command does: what is kept of a conversion is its text.
  return () =>
    Array.from(
      conversionsOf(resolve(parse(files)), destinations, options),
      ({ queries }) => queries,
    );
}

function rulesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .filter((name) => /(?<!\.test)\.ya?ml$/.test(name) && !name.includes('regression_data'))
    .sort()
    .map((name) => join(path, name));
}

function load(paths) {
  return paths.flatMap(rulesIn).map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

if (['growth', 'correlate', 'dialects', 'pack'].includes(task)) {
  await import(`./${task}.bench.mjs`);
} else if (task === 'child') {
  const [name, ...paths] = rest;
  const files = load(paths);
  const start = process.cpuUsage();
  const work = await tasks[name](files);
  work();
  const cold = process.cpuUsage(start);
  const again = process.cpuUsage();
  work();
  const warm = process.cpuUsage(again);
  const ms = ({ user, system }) => (user + system) / 1000;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ cold: ms(cold), warm: ms(warm), peak, files: files.length }));
} else {
  const paths = task ? [task, ...rest] : [existsSync(corpus) ? corpus : join(root, 'rules')];
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const runs = (name) => {
    const results = [1, 2, 3].map(() => {
      const child = spawnSync(process.execPath, [
        fileURLToPath(import.meta.url),
        'child',
        name,
        ...paths,
      ]);
      if (child.status !== 0) throw new Error(String(child.stderr));
      return JSON.parse(String(child.stdout));
    });
    const of = (key) => median(results.map((each) => each[key]));
    return { cold: of('cold'), warm: of('warm'), peak: of('peak'), files: of('files') };
  };
  const base = runs('yaml');
  console.log(
    `${base.files} files; js-yaml alone: ${base.cold.toFixed(0)} ms CPU cold, ${base.warm.toFixed(0)} ms warm`,
  );
  console.log('work               cold  warm  rules/s  peak MB   (cold and warm: times js-yaml)');
  for (const name of Object.keys(tasks).slice(1)) {
    const { cold, warm, peak, files } = runs(name);
    const ratio = (own, other) => (own / other).toFixed(2).padStart(5);
    const speed = ((files / warm) * 1000).toFixed(0).padStart(7);
    console.log(
      `${name.padEnd(18)}${ratio(cold, base.cold)} ${ratio(warm, base.warm)}  ${speed}  ${peak.toFixed(0).padStart(7)}`,
    );
  }
  // The shell's own `times` tells the CPU time of its children, in hundredths of a second: so several.
  const cpu = (args) => {
    const line = [process.execPath, ...args].map((each) => `'${each}'`).join(' ');
    const times = [1, 2, 3].map(() => {
      const { stdout } = spawnSync('/bin/sh', [
        '-c',
        `for n in 1 2 3 4 5 6 7 8 9 10; do ${line} >/dev/null 2>&1; done; times`,
      ]);
      const [, children] = String(stdout).trim().split('\n');
      return children.split(' ').reduce((sum, each) => {
        const [, minutes, seconds] = /(\d+)m([\d.]+)s/.exec(each);
        return sum + (Number(minutes) * 60_000 + Number(seconds) * 1_000) / 10;
      }, 0);
    });
    return median(times);
  };
  const rule = join(
    root,
    'rules',
    'windows',
    'process_creation',
    'proc_creation_win_certutil_download.yml',
  );
  const nothing = cpu(['-e', '0']);
  const one = cpu([join(root, 'dist', 'cli', 'bin.js'), 'convert', rule, '-b', 'kql,spl,eql']);
  console.log(
    `isosigma convert on one rule: ${(one / nothing).toFixed(1)} times node -e 0 (${nothing.toFixed(0)} ms CPU)`,
  );
}
