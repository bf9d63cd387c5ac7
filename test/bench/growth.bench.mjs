// How a conversion grows with a rule and with the number of rules: `npm run bench -- growth`. Fails if
// five times the values, or twice the rules, take twice as long as that (a quadratic part: five times). Processor time of all
// backends, the best of three runs.
import { convert, loadBackend, loadPipeline, backendIds } from '../../dist/index.js';

const destinations = await Promise.all(
  backendIds.map(async (id) => {
    const backend = await loadBackend(id);
    const { pipelines } = backend.manifest;
    return {
      backend,
      pipelines: await Promise.all(pipelines.map((name) => loadPipeline(name, id))),
    };
  }),
);
const options = { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 };

const creation = 'category: process_creation';
const registry = 'category: registry_set';
const rule = (logSource, detection) =>
  `title: Growing\nlogsource: { product: windows, ${logSource} }\ndetection:\n${detection}`;
const lines = (count, line) => Array.from({ length: count }, (_, n) => line(n)).join('');
const list = (logSource, key, value) => (count) =>
  rule(
    logSource,
    `  sel:\n    ${key}:\n${lines(count, (n) => `      - '${value(n)}'\n`)}  condition: sel\n`,
  );
const selections = (join) => (count) =>
  rule(
    creation,
    `${lines(count, (n) => `  s${n}: { CommandLine|contains: v${n} }\n`)}  condition: ${join(count)}\n`,
  );
const growing = {
  contains: list(creation, 'CommandLine|contains', (n) => `value ${n}`),
  all: list(creation, 'CommandLine|contains|all', (n) => `value ${n}`),
  windash: list(creation, 'CommandLine|windash|contains', (n) => ` -v${n} `),
  wildcards: list(creation, 'CommandLine', (n) => `*a${n}*b?c*`),
  regex: list(creation, 'CommandLine|re', (n) => `ab${n}[cd]+x`),
  hashes: list(creation, 'Hashes|contains', (n) => `MD5=${String(n).padStart(32, '0')}`),
  registry: list(registry, 'TargetObject|contains', (n) => `\\v${n}\\Run`),
  'event ids': list('service: security', 'EventID', (n) => n),
  'unknown field': list(creation, 'NobodyHasIt', (n) => `v${n}`),
  '1 of': selections(() => '1 of s*'),
  'or, and, not': selections((count) =>
    lines(count, (n) => `${n === 0 ? '' : n % 3 ? ' or ' : ' and not '}s${n}`),
  ),
};

function best(texts) {
  const files = texts.map((text, at) => ({ name: `${at}.yml`, text }));
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    convert(files, destinations, options);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}

let failed = false;
function tell(name, unit, sizes, textsOf) {
  const times = sizes.map((size) => best(textsOf(size)));
  const [before, after] = times.slice(-2);
  const growth = after / before / (sizes.at(-1) / sizes.at(-2));
  failed ||= growth >= 2;
  const each = sizes.map((size, at) => ((times[at] * 1000) / size).toFixed(0).padStart(6)).join('');
  console.log(`${name.padEnd(14)}${each} µs a ${unit}; growth ${growth.toFixed(2)} of linear`);
}
console.log(`${'values'.padEnd(14)}    10   100  1000  5000`);
for (const [name, make] of Object.entries(growing)) {
  tell(name, 'value', [10, 100, 1000, 5000], (size) => [make(size)]);
}
tell('rules', 'rule', [1000, 2000, 4000], (size) => Array(size).fill(growing.contains(10)));
if (failed) process.exitCode = 1;
