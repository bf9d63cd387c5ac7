// What the interpreters cost: `npm run build`, then `node test/bench/dialects.bench.mjs`. A filter over
// 100,000 events is compared with the reference evaluator, a bare loop over objects in memory; what the
// language takes to read the events and these fields is measured by a query that tests none, and subtracted. What sorts or
// looks back is run over twice the events too. Fails if a filter takes more than 5 times the evaluator's
// time, or twice the events 2.5 times as long. Processor time, the best of five runs.
import { matcher, runEql, runEsql, runKql, runSpl } from '../../dist/index.js';
import { loadKusto } from '../../dist/node/index.js';

const kusto = await loadKusto();
if (!kusto.ok) throw new Error('KQL needs its parser');

function eventsOf(count) {
  return Array.from({ length: count }, (_, n) => ({
    at: new Date(1_705_312_800_000 + ((n * 7919) % count) * 10).toISOString(),
    Image: n % 3 === 0 ? 'C:\\Windows\\System32\\cmd.exe' : 'C:\\Windows\\explorer.exe',
    CommandLine: `"C:\\Windows\\System32\\cmd.exe" /c echo ${n} > out-${n % 97}.txt`,
    User: `user${n % 1000}`,
    Host: `host${n % 50}`,
    EventID: 1,
  }));
}

const languages = {
  kql: (text, rows) => run((input) => runKql(input, kusto.value), text, rows),
  spl: (text, rows) => run(runSpl, text, rows),
  eql: (text, rows) => run(runEql, text, rows),
  esql: (text, rows) => run(runEsql, text, rows),
};

function run(dialect, text, rows) {
  const query = { name: 'bench', text };
  const outcome = dialect({ query, datasets: [{ name: '*', rows }], now: 0, timeField: 'at' });
  if (!outcome.ok) throw new Error(`${text}\n${outcome.diagnostics[0].message}`);
  const { rows: table, events, sequences } = outcome.value;
  return (table ?? events ?? sequences).length;
}

function best(work) {
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = process.cpuUsage();
    work();
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}

const origin = { source: { name: 'bench', text: '' }, start: 0, end: 0 };
const anyRun = { kind: 'any-run' };
const string = (name, pattern) => ({
  kind: 'string',
  field: { name, type: 'any' },
  pattern,
  cased: false,
  origin,
});
const predicate = {
  kind: 'and',
  operands: [
    string('Image', [anyRun, '\\cmd.exe']),
    string('CommandLine', [anyRun, 'ECHO', anyRun]),
    { kind: 'not', operand: string('User', ['user7']), origin },
  ],
  origin,
};
const filters = {
  kql: 'T | where Image endswith @"\\cmd.exe" and CommandLine contains "ECHO" and User !~ "user7" | count',
  spl: 'Image="*\\\\cmd.exe" CommandLine="*ECHO*" NOT User="user7" | stats count',
  eql: 'any where Image like~ "*\\\\cmd.exe" and CommandLine like~ "*ECHO*" and not User == "user7"',
  esql: 'FROM t | WHERE TO_LOWER(Image) LIKE "*\\\\\\\\cmd.exe" AND TO_LOWER(CommandLine) LIKE "*echo*" AND NOT User == "user7" | STATS n = COUNT(*)',
};
const nothing = {
  kql: 'T | where false and (Image == "" or CommandLine == "" or User == "") | count',
  spl: '| where 1=2 AND (Image="" OR CommandLine="" OR User="") | stats count',
  eql: 'any where false and (Image == "" or CommandLine == "" or User == "")',
  esql: 'FROM t | WHERE false AND (Image == "" OR CommandLine == "" OR User == "") | STATS n = COUNT(*)',
};
const growing = {
  kql: [
    'T | sort by User asc, at asc | extend t0 = prev(at, 2), u = prev(User, 2) | where u == User and at - t0 <= 5m | summarize min(at) by User',
    'T | sort by User asc, at asc | scan declare (l: datetime) with (step s: true => l = iff(User == s.User, s.l, at);) | where at - l <= 5m | count',
  ],
  spl: [
    'EventID=1 | eval t=round(_time*1000) | sort 0 t | streamstats window=3 global=f count AS n min(t) AS t0 by User | where n=3 AND t-t0<=300000 | stats min(t) by User',
  ],
  eql: ['sequence by User with maxspan=5m [any where EventID == 1] with runs=3'],
  esql: [
    'FROM t | STATS n = COUNT(*) BY User, b = TO_LONG(at) / 300000 | SORT n DESC, User | LIMIT 10000',
  ],
};

const [half, whole] = [eventsOf(50_000), eventsOf(100_000)];
const matches = matcher(predicate);
const reference = best(() => whole.filter(matches).length);
console.log(`reference: ${reference.toFixed(0)} ms for ${whole.length} events`);
let failed = false;
for (const [id, execute] of Object.entries(languages)) {
  const [reading, time] = [nothing, filters].map(({ [id]: text }) =>
    best(() => execute(text, whole)),
  );
  const ratio = (time - reading) / reference;
  failed ||= ratio > 5;
  console.log(
    `${id} filter: ${(time - reading).toFixed(0)} ms, ${ratio.toFixed(1)} times; reading: ${reading.toFixed(0)} ms`,
  );
  for (const text of growing[id]) {
    const [first, second] = [half, whole].map((rows) => best(() => execute(text, rows)));
    failed ||= second / first >= 2.5;
    const growth = (second / first).toFixed(2);
    console.log(`${id} ${text.slice(0, 60)}…: ${second.toFixed(0)} ms, growth ${growth}`);
  }
}
if (failed) process.exitCode = 1;
