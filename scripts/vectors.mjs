// Runs the command line on the Sigma text of every vector: `npm run build`, then
// `node scripts/vectors.mjs [FOLDER]`. `evaluate` has to report the alerts that the vector expects, and `convert` has to write
// queries or say why not, for each backend. Prints the matrix with counts, and leaves the rules and events in FOLDER.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'isosigma-vectors-'));
const backends = ['kql', 'spl', 'eql', 'esql'];
const vectors = ['correlation.json', 'own.json'].flatMap(
  (name) => JSON.parse(readFileSync(join(root, 'test/vectors', name), 'utf8')).vectors,
);

/** Exit codes 0 and 1 are answers: clean, or errors in the input. */
function isosigma(...words) {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(root, 'dist/cli/bin.js'), ...words, '--format', 'json'],
      { maxBuffer: 2 ** 26 },
      (error, output, problems) =>
        error && error.code !== 1 ? reject(new Error(problems)) : resolve(JSON.parse(output)),
    );
  });
}

function filesOf({ name, sigma, events }) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const [rule, lines] = [join(place, 'rule.yml'), join(place, 'events.ndjson')];
  const stored = events.map(({ time, fields }) => ({ '@timestamp': time, ...fields }));
  writeFileSync(rule, sigma);
  writeFileSync(lines, stored.map((event) => `${JSON.stringify(event)}\n`).join(''));
  return [rule, lines];
}

function textOf(alerts) {
  return JSON.stringify(
    alerts.map(({ key, at, value }) => JSON.stringify([key, at, value])).sort(),
  );
}

function cellOf({ type, window, condition, extended }) {
  const isLower = Object.keys(condition ?? {}).every(
    (key) => !['lt', 'lte', 'eq', 'neq'].includes(key),
  );
  const negates = JSON.stringify(extended ?? '').includes('"not"');
  const bound = isLower ? 'lower bound' : 'other bound';
  return `${type} | ${window} | ${extended === undefined ? bound : negates ? 'with not' : 'without not'}`;
}

/** `EXACT/scalar` and `UNION(6)` as their kinds. */
function kindOf(certificate) {
  return certificate.replace(/\(\d+\)/, '(n)').replace(/\/.*/, '/…');
}

const cells = new Map();
const wrong = [];

async function judge(vector) {
  const [rule, events] = filesOf(vector);
  const { range, expected } = vector;
  const bounds = range === null ? [] : [`--from=${range.start}`, `--to=${range.end}`];
  const { alerts } = await isosigma('evaluate', rule, '--events', events, ...bounds);
  if (textOf(alerts) !== textOf(expected.alerts)) wrong.push(`${vector.name}: evaluate`);
  const words = ['-b', backends.join(','), '-p', 'plain', '--allow', 'union', '--max-queries=200'];
  const { results } = await isosigma('convert', rule, ...words);
  const cell = cellOf(vector.rule);
  const row = cells.get(cell) ?? Object.fromEntries(backends.map((id) => [id, []]));
  cells.set(cell, row);
  for (const id of backends) {
    const { certificate, queries, diagnostics } = results.findLast(({ backend }) => backend === id);
    const hasReason = diagnostics.some(({ severity }) => severity === 'error');
    if (queries.length > 0 === hasReason) wrong.push(`${vector.name}: convert -b ${id}`);
    row[id].push(kindOf(certificate));
  }
}

const waiting = [...vectors];
await Promise.all(
  [1, 2].map(async () => {
    while (waiting.length > 0) await judge(waiting.shift());
  }),
);

const counted = (kinds) =>
  [...new Set(kinds)]
    .sort()
    .map((kind) => `${kinds.filter((each) => each === kind).length} ${kind}`)
    .join(', ');
console.log(`| type | window | condition | ${backends.join(' | ')} |\n|${'---|'.repeat(7)}`);
for (const [cell, row] of [...cells].sort(([one], [other]) => (one < other ? -1 : 1))) {
  console.log(`| ${cell} | ${backends.map((id) => counted(row[id])).join(' | ')} |`);
}
const all = backends.map((id) => counted([...cells.values()].flatMap((row) => row[id])));
console.log(`| **all** | | | ${all.join(' | ')} |`);
console.log(`\n${vectors.length} vectors in ${folder}, ${wrong.length} not as expected`);
for (const each of wrong) console.log(each);
if (wrong.length > 0) process.exitCode = 1;
