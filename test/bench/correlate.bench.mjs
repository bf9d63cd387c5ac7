// How the reference evaluator grows with the events: `npm run build`, then
// `node test/bench/correlate.bench.mjs`. Fails if twice the events, over twice the time, take 2.3 times
// as long or more. Processor time, the best of three runs.
import { correlate } from '../../dist/index.js';

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

function best(run) {
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    run();
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}

const types = [
  ['event_count', { operator: 'gte', threshold: 8 }],
  ['value_count', { operator: 'gte', threshold: 8 }],
  ['temporal', { operator: 'gte', threshold: 3 }],
  ['temporal_ordered', { operator: 'gte', threshold: 3 }],
  ['value_sum', { operator: 'gt', threshold: 200 }],
  ['value_median', { operator: 'gt', threshold: 45 }],
];
const [half, whole] = [eventsOf(500_000), eventsOf(1_000_000)];
let failed = false;
for (const [type, condition] of types) {
  const timeFor = (events) => best(() => correlate(rule(type, condition), events, { now: 0 }));
  const [first, second] = [timeFor(half), timeFor(whole)];
  const growth = second / first;
  failed ||= growth >= 2.3;
  console.log(
    `${type}: 1 million events in ${second.toFixed(0)} ms, growth ${growth.toFixed(2)} for twice as many`,
  );
}
if (failed) process.exitCode = 1;
