// What correlations cost: `npm run build`, then `node test/bench/correlate.bench.mjs`. Fails
//
// - if twice the events, over twice the time, take the reference evaluator 2.3 times as long or more (processor time, the best
//   of three runs);
// - if the memory that it holds grows with events that are no hits, or faster than the hits;
// - if a correlation costs more to convert than the three detections, of three values each or of twenty, that it
//   names: with them, twice as much as they, in the median of its types.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { convert, correlate, loadBackend, loadPipeline } from '../../dist/index.js';

const groups = 10_000;
const origin = { source: { name: 'bench', text: '' }, start: 0, end: 0 };
const field = (name) => ({ name, type: 'any' });

function rule(type, condition) {
  const bases = ['a', 'b', 'c'].map((kind) => ({
    name: kind,
    rule: {
      kind: 'detection',
      predicate: { kind: 'string', field: field('kind'), pattern: [kind], cased: false, origin },
    },
    keys: [field('user')],
    values: [field('n')],
    outputs: {},
  }));
  return {
    kind: 'correlation',
    type,
    bases,
    groupBy: ['user'],
    timespan: 300_000,
    window: { kind: 'sliding', explicit: true },
    onMissingKey: 'drop',
    condition: { kind: 'bounds', bounds: [condition] },
    percentile: 90,
    output: [],
    sort: [],
  };
}

/** A stream that looks random and is the same every time. */
function eventsOf(count) {
  let state = 1;
  const next = (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
  return Array.from({ length: count }, (_, index) => ({
    time: index * 10 + next(1000),
    event: { kind: 'abc'[next(3)], user: `user${next(groups)}`, n: next(50) },
  }));
}

function timeOf(run) {
  const start = process.cpuUsage();
  run();
  return process.cpuUsage(start).user / 1000;
}

/** The least time of each work; they take turns, so that a busy machine is busy for both. */
function best(runs, times) {
  const measured = Array.from({ length: times }, () => runs.map(timeOf));
  return runs.map((_, at) => Math.min(...measured.map((each) => each[at])));
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

/** The bytes that the evaluator holds when it has found all hits: a last event tells when it is read. */
function held(events) {
  let most = 0;
  const last = {
    kind: 'c',
    n: 1,
    get user() {
      collect();
      most = process.memoryUsage().heapUsed;
      return 'last';
    },
  };
  const all = [...events, { time: events.at(-1).time + 1, event: last }];
  const shape = rule('event_count', { operator: 'gte', threshold: 8 });
  collect();
  const before = process.memoryUsage().heapUsed;
  correlate(shape, all, { now: 0 });
  return most - before;
}

const types = [
  ['event_count', { operator: 'gte', threshold: 8 }],
  ['value_count', { operator: 'gte', threshold: 8 }],
  ['temporal', { operator: 'gte', threshold: 3 }],
  ['temporal_ordered', { operator: 'gte', threshold: 3 }],
  ['value_sum', { operator: 'gt', threshold: 200 }],
  ['value_avg', { operator: 'gt', threshold: 45 }],
  ['value_median', { operator: 'gt', threshold: 45 }],
  ['value_percentile', { operator: 'gt', threshold: 48 }],
];
let failed = false;

function report(text, value, limit) {
  failed ||= value >= limit;
  console.log(`${text}: ${value.toFixed(2)} (less than ${limit})`);
}

/** Three detections of so many values each. */
function detectionsOf(values) {
  const programs = Array.from({ length: values }, (_, at) => `'\\program${at}.exe'`);
  return ['a', 'b', 'c'].map(
    (name) => `title: ${name}
name: ${name}
logsource: { category: test }
detection:
  selection:
    kind: ${name}
    path|endswith: [${programs.join(', ')}]
    line|contains|all: [first, second]
  filter: { user|startswith: svc_ }
  condition: selection and not filter
`,
  );
}

function correlationOf([type, { operator, threshold }]) {
  const field = type.startsWith('value_') ? 'field: n, ' : '';
  return `title: all
correlation:
  type: ${type}
  rules: [a, b, c]
  group-by: [user]
  timespan: 5m
  condition: { ${field}${operator}: ${threshold}${type === 'value_percentile' ? ', percentile: 90' : ''} }
`;
}

// First, while the heap is small; the least of twenty, since the engine takes its time to compile.
for (const values of [3, 20]) {
  for (const id of ['kql', 'spl', 'eql', 'esql']) {
    const destination = {
      backend: await loadBackend(id),
      pipelines: [await loadPipeline('plain', id)],
    };
    const options = { vars: new Map(), unscoped: false, allow: ['union'], maxQueries: 24 };
    const converted = (texts) =>
      convert([{ name: 'rule.yml', text: texts.join('---\n') }], [destination], options);
    const detections = detectionsOf(values);
    const said = types
      .map((type) => [...detections, correlationOf(type)])
      .filter((texts) => converted(texts).every(({ queries }) => queries.length > 0));
    const written = (texts) => () => {
      for (let time = 0; time < 100; time++) converted(texts);
    };
    const [alone, ...together] = best([detections, ...said].map(written), 20);
    const ratios = together.map((each) => each / alone).sort((a, b) => a - b);
    report(
      `${id}, three detections of ${values} values and a correlation of them, for the detections alone, the median of ` +
        `${ratios.length} types that cost ${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}`,
      ratios[Math.floor(ratios.length / 2)],
      2,
    );
  }
}

const [half, whole] = [eventsOf(500_000), eventsOf(1_000_000)];
for (const [type, condition] of types) {
  const [first, second] = best(
    [half, whole].map((events) => () => correlate(rule(type, condition), events, { now: 0 })),
    3,
  );
  report(
    `${type}, 1 million events in ${second.toFixed(0)} ms, for half as many`,
    second / first,
    2.3,
  );
}

const noise = whole.map(({ time, event }) => ({ time, event: { ...event, kind: 'd' } }));
const few = half.slice(0, 200_000);
const [alone, among, twice] = [few, [...noise, ...few], half.slice(0, 400_000)].map(held);
report(
  `memory, 200,000 hits in ${(alone / 2 ** 20).toFixed(0)} MiB, among a million other events`,
  among / alone,
  1.1,
);
report('memory, twice the hits', twice / alone, 2.3);
if (failed) process.exitCode = 1;
