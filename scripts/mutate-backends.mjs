// Shows that verification reaches the data: changes one datum of a backend.yml, or one word of a
// template, at a time, and demands that verification finds a difference on rules that use every
// test, connective and window (test/verify/*.yml).
//
//   npm run bundle && node scripts/mutate-backends.mjs [kql,spl,eql,esql,dsl] [--sample N]
//
// A change is caught if a query of the changed backend gives other results than its rule, or no
// longer runs. A change is unseen if no query shows it, and missed if queries change and
// verification still says equal; both are listed. One that is missed needs its reason in
// test/verify/missed.yml, else the run fails.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { load } from 'js-yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const library = join(root, 'node_modules', '.cache', 'mutate-backends.mjs');
await build({
  stdin: {
    contents: `
      export * from './src/index.js';
      export { loadKusto } from './src/node/index.js';
      export { prepareBackend } from './src/render/prepare.js';
      export { verify } from './src/verify/index.js';
    `,
    resolveDir: root,
  },
  outfile: library,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
const {
  convert,
  loadKusto,
  parsePipeline,
  prepareBackend,
  runDsl,
  runEql,
  runEsql,
  runKql,
  runSpl,
  verify,
} = await import(library);
const [chosen = 'kql,spl,eql,esql,dsl'] = process.argv
  .slice(2)
  .filter((each) => /^[a-z]/.test(each));
const sampleAt = process.argv.indexOf('--sample');
const sample = sampleAt < 0 ? Infinity : Number(process.argv[sampleAt + 1]);

const kusto = await loadKusto();
const interpreters = {
  kql: (input) => runKql(input, kusto.value),
  spl: runSpl,
  eql: runEql,
  esql: runEsql,
  dsl: runDsl,
};
const times = {
  kql: 'TimeGenerated',
  spl: '_time',
  eql: '@timestamp',
  esql: '@timestamp',
  dsl: '@timestamp',
};
const options = {
  vars: new Map(),
  unscoped: false,
  allow: ['union'],
  maxQueries: 24,
};
const verifyOptions = {
  interpreters,
  runs: 10,
  seed: 7,
  now: Date.parse('2024-02-09T00:00:00Z'),
  vars: new Map(),
};

const text = (...path) => readFileSync(join(root, ...path), 'utf8');
const rules = ['operators.yml', 'windows.yml'].map((name) => ({
  name,
  text: text('test', 'verify', name),
}));

const reasons = load(text('test', 'verify', 'missed.yml'));

/** Why a change that verification misses is harmless. */
function reasonOf(id, { where, what }) {
  const known = reasons.find(
    (each) => each.backends.includes(id) && each.where.includes(where) && each.change === what,
  );
  return known?.because;
}

// --- One change of a text at a time. ---------------------------------------------------------

/** A word and what is put in its place. */
const swaps = [
  [/>=/g, '>'],
  [/<=/g, '<'],
  [/(?<![<>=-])>(?!=)/g, '>='],
  [/(?<![<>=|])<(?![=>])/g, '<='],
  [/==/g, '!='],
  [/=~/g, '=='],
  [/!=/g, '=='],
  [/ and /g, ' or '],
  [/ AND /g, ' OR '],
  [/ or /g, ' and '],
  [/ OR /g, ' AND '],
  [/\bnot\b ?/g, ''],
  [/\bNOT\b ?/g, ''],
  [/isnotempty/g, 'isempty'],
  [/isempty/g, 'isnotempty'],
  [/isnotnull/g, 'isnull'],
  [/IS NOT NULL/g, 'IS NULL'],
  [/contains/g, 'startswith'],
  [/startswith/g, 'contains'],
  [/endswith/g, 'contains'],
  [/_cs\b/g, ''],
  [/like~/g, 'like'],
  [/in~/g, 'in'],
  [/TO_LOWER/g, ''],
  [/\bmin\b/g, 'max'],
  [/\bmax\b/g, 'min'],
  [/\basc\b/g, 'desc'],
  [/\bdesc\b/g, 'asc'],
  [/1ms/g, '1s'],
  [/\bcount\b/g, 'dcount'],
  [/\\\\A/g, ''],
  [/\\\\z/g, ''],
  [/\(\?s\)/g, ''],
  [/\(\?i\)/g, ''],
  [/\b1\b/g, '2'],
  [/"must_not"/g, '"must"'],
  [/"should"/g, '"must"'],
  [/"filter"/g, '"should"'],
  [/, "case_insensitive": true/g, ''],
  [/"(?:wildcard|prefix)"/g, '"term"'],
  [/""/g, '"x"'],
  [/"exists": \{ "field": \{field\} \}/g, '"match_all": {}'],
];

/** A text with one occurrence of one word changed, for each that there is. */
function changesOf(whole) {
  return swaps.flatMap(([word, by]) =>
    [...whole.matchAll(word)].map(({ index, 0: found }) => ({
      text: whole.slice(0, index) + by + whole.slice(index + found.length),
      what: `${found.trim()} → ${by.trim() || 'nothing'}`,
    })),
  );
}

const kept = new Set([
  'id',
  'title',
  'extension',
  'pipelines',
  'comment',
  'unsupported',
  'assumptions',
]);

/** Every place of a manifest with what it may be changed to. */
function* dataOf(node, path = []) {
  for (const [key, value] of Object.entries(node)) {
    const at = [...path, key];
    if (kept.has(key)) continue;
    if (key === 'classes') yield { at, value: [], what: `no longer ${value.join('+')}` };
    else if (key === 'folds') yield { at, value: '', what: `no longer ${value}` };
    else if (typeof value === 'object' && value !== null) yield* dataOf(value, at);
    else if (typeof value === 'string') {
      for (const change of changesOf(value)) yield { at, value: change.text, what: change.what };
    } else if (typeof value === 'boolean')
      yield { at, value: !value, what: `${value} → ${!value}` };
    // The other way round there are only more parentheses.
    else if (key === 'strength') yield { at, value: 99, what: `${value} → 99` };
    else if (key === 'operand') yield { at, value: 0, what: `${value} → 0` };
  }
}

function changed(node, [key, ...rest], value) {
  const copy = Array.isArray(node) ? [...node] : { ...node };
  copy[key] = rest.length > 0 ? changed(node[key], rest, value) : value;
  return copy;
}

// --- A backend from texts. -------------------------------------------------------------------

const layoutOnly = { noEscape: true, strict: true, knownHelpersOnly: true, preventIndent: true };

function textsOf(id) {
  const folder = join(root, 'backends', id);
  const read = (name) => readFileSync(join(folder, name), 'utf8').replace(/\n$/, '');
  const stages = readdirSync(join(folder, 'stages')).map((file) => `stages/${file}`);
  const names = ['query.hbs', 'correlation.hbs', ...stages];
  return {
    manifest: load(read('backend.yml')),
    templates: Object.fromEntries(names.map((name) => [name, read(name)])),
  };
}

function backendOf({ manifest, templates }) {
  const compile = (name) => {
    const template = Handlebars.compile(templates[name], layoutOnly);
    return (view) => template(view);
  };
  const stages = Object.keys(templates).filter((name) => name.startsWith('stages/'));
  return prepareBackend(manifest, {
    query: compile('query.hbs'),
    correlation: compile('correlation.hbs'),
    stages: Object.fromEntries(stages.map((name) => [name.slice(7, -4), compile(name)])),
  });
}

/** The text between a template's slots and blocks. */
function* templateChanges(templates) {
  for (const [name, whole] of Object.entries(templates)) {
    for (const { text, what } of changesOf(whole)) {
      const slots = (each) => (each.match(/\{\{[^}]*\}\}/g) ?? []).join();
      if (slots(text) === slots(whole)) yield { name, text, what };
    }
  }
}

// --- The run. ---------------------------------------------------------------------------------

function converted(id, backend) {
  const { value } = parsePipeline({
    name: 'typed-pipeline.yml',
    text: `${text('test', 'verify', 'typed-pipeline.yml')}time: '${times[id]}'\n`,
  });
  return convert(rules, [{ backend, pipelines: [value] }], options);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const face = ({ queries, made }) => JSON.stringify([queries, made?.plan.certificate]);

/** The queries without parentheses: where only those differ, and results do not, they were not needed. */
const bare = ({ queries }) => JSON.stringify(queries.map((query) => query.replace(/[()\s]/g, '')));

/** caught, missed or unseen. */
function judge(id, original, texts) {
  try {
    const now = converted(id, backendOf(texts));
    const other = now.filter((conversion, at) => face(conversion) !== face(original[at]));
    if (other.length === 0) return 'unseen';
    if (other.some((conversion) => verify(conversion, verifyOptions).verdict === 'diverges'))
      return 'caught';
    const isParentheses = now.every((conversion, at) => bare(conversion) === bare(original[at]));
    const isCertificate = now.every(({ queries }, at) => same(queries, original[at].queries));
    return isParentheses && !isCertificate ? 'unseen' : 'missed';
  } catch {
    // A manifest that cannot be made ready is found at once.
    return 'caught';
  }
}

let total = 0;
let caught = 0;
let explained = 0;
for (const id of chosen.split(',')) {
  const texts = textsOf(id);
  const original = converted(id, backendOf(texts));
  const changes = [
    ...[...dataOf(texts.manifest)].map(({ at, value, what }) => ({
      where: at.join('.'),
      what,
      texts: { ...texts, manifest: changed(texts.manifest, at, value) },
    })),
    ...[...templateChanges(texts.templates)].map(({ name, text, what }) => ({
      where: name,
      what,
      texts: { ...texts, templates: { ...texts.templates, [name]: text } },
    })),
  ];
  const step = Math.max(1, Math.floor(changes.length / sample));
  const counts = { caught: 0, explained: 0, missed: 0, unseen: 0 };
  for (const change of changes.filter((_, at) => at % step === 0)) {
    const judged = judge(id, original, change.texts);
    const reason = judged === 'missed' ? reasonOf(id, change) : undefined;
    const result = reason === undefined ? judged : 'explained';
    counts[result]++;
    if (result === 'caught') continue;
    const why = reason === undefined ? '' : ` (${reason})`;
    console.log(`${result}: ${id} ${change.where}: ${change.what}${why}`);
  }
  const seen = counts.caught + counts.explained + counts.missed;
  console.log(
    `${id}: ${counts.caught} of ${seen} changes that a query shows are caught (${share(counts.caught, seen)}), ${counts.explained} explained, ${counts.missed} not; ${counts.unseen} are shown by no query`,
  );
  total += seen;
  caught += counts.caught;
  explained += counts.explained;
}
console.log(`all: ${caught} of ${total} (${share(caught, total)}), ${explained} explained`);
if (caught + explained < total) process.exitCode = 1;

function share(part, whole) {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
