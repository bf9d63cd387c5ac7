import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { certificateOf, convert, type Conversion } from '../../src/convert.js';
import type { Json, Row } from '../../src/dialects/contract.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { loadKusto } from '../../src/node/kusto.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { backendOf } from '../support/backend.js';

// The rule that the project grew from, in the words of its form (qakbot.kql) and in ours.

const form = readFileSync(new URL('qakbot.kql', import.meta.url), 'utf8');
const kusto = await loadKusto();
if (!kusto.ok) throw new Error(kusto.diagnostics[0]!.message);
const { value: language } = kusto;

async function converted(
  name: string,
  id: BackendId,
  allow: readonly 'union'[],
): Promise<Conversion> {
  const text = readFileSync(`rules/windows/hunting/${name}.yml`, 'utf8');
  const backend = await backendOf(id);
  const { pipelines: names } = backend.manifest;
  const pipelines = await Promise.all(names.map(async (each) => (await loadPipeline(each, id))!));
  const options = { vars: new Map(), unscoped: false, allow, maxQueries: 24 };
  return convert([{ name, text }], [{ backend, pipelines }], options).at(-1)!;
}

/** The rows of a query, lists without their order, which Kusto leaves open. */
function rowsOf(query: string, rows: readonly Row[], now: number): readonly unknown[] {
  const text = (...names: readonly string[]) => names.map((name) => [name, 'string']);
  const types = Object.fromEntries([
    ...text('ActionType', 'FolderPath', 'ProcessCommandLine', 'DeviceName'),
    ...text('AccountName', 'TenantId'),
    ['TimeGenerated', 'datetime'],
  ]) as Record<string, string>;
  const datasets = [{ name: 'DeviceProcessEvents', rows, types }];
  const asked = { query: { name: 'query', text: query }, timeField: 'TimeGenerated' };
  const result = runKql({ ...asked, datasets, now }, language);
  if (!result.ok || result.value.kind !== 'table') throw new Error(query);
  const { columns, rows: found } = result.value;
  return found.map((row) =>
    Object.fromEntries(columns.map(({ name }, at) => [name, sorted(row[at]!)])),
  );
}

function sorted(value: Json): Json {
  return Array.isArray(value) ? value.map(String).sort() : value;
}

const commands = [...form.slice(0, form.indexOf('\nDeviceProcess')).matchAll(/'([^']*)'/g)].map(
  ([, command = '']) => command,
);

/** Instants about both ends of the month that contains now − 15 days, and inside it. */
function instants(now: number): fc.Arbitrary<string> {
  const day = new Date(now - 15 * 86_400_000);
  const month = (ahead: number) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + ahead, 1);
  return fc
    .oneof(
      fc.constantFrom(month(0) - 1, month(0), month(1) - 1, month(1)),
      fc.integer({ min: month(0), max: month(1) - 1 }),
    )
    .map((instant) => new Date(instant).toISOString());
}

function events(now: number): fc.Arbitrary<readonly Row[]> {
  const event = fc.record({
    ActionType: fc.constant<Json>('ProcessCreated'),
    TimeGenerated: instants(now),
    ProcessCommandLine: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...commands.slice(0, 6)) },
      { weight: 1, arbitrary: fc.constantFrom('', 'NET VIEW', 'net view /all', ...commands) },
    ),
    DeviceName: fc.constantFrom('a', 'A'),
    AccountName: fc.constantFrom('', 'bob'),
    TenantId: fc.constantFrom('t'),
  });
  return fc.array(event, { minLength: 10, maxLength: 40, size: 'max' });
}

test('the form and the rule find the same groups, counts, commands and times', async () => {
  const { queries } = await converted('qakbot_commands_in_a_month', 'kql', []);
  let groups = 0;
  for (const now of ['2024-02-09T12:00:00Z', '2024-02-16T00:00:00Z', '2024-03-31T23:59:59Z']) {
    const instant = Date.parse(now);
    fc.assert(
      fc.property(events(instant), (rows) => {
        const ours = rowsOf(queries[0]!, rows, instant);
        groups += ours.length;
        expect(inOrder(ours)).toEqual(inOrder(rowsOf(form, rows, instant)));
      }),
      { numRuns: 25, seed: 11 },
    );
  }
  expect(groups).toBeGreaterThan(50);
});

/** Rows that the sort leaves equal may stand in any order; so may the names of columns. */
function inOrder(rows: readonly unknown[]): readonly unknown[] {
  return rows.map((row) => JSON.stringify(row, Object.keys(row as object).sort())).sort();
}

test('the rows are sorted as in the form', async () => {
  const { queries } = await converted('qakbot_commands_in_a_month', 'kql', []);
  const now = Date.parse('2024-02-09T12:00:00Z');
  const row = (DeviceName: string, ProcessCommandLine: string) => ({
    ActionType: 'ProcessCreated',
    TimeGenerated: '2024-01-20T00:00:00Z',
    ProcessCommandLine,
    DeviceName,
    AccountName: 'bob',
    TenantId: 't',
  });
  const rows = [
    ...commands.slice(0, 4).map((each) => row('four', each)),
    ...commands.slice(0, 5).map((each) => row('five', each)),
    ...[...commands.slice(0, 4), commands[0]!].map((each) => row('four, one twice', each)),
  ];
  const names = (query: string) =>
    rowsOf(query, rows, now).map((each) => (each as { readonly DeviceName: string }).DeviceName);
  expect(names(queries[0]!)).toEqual(['five', 'four, one twice', 'four']);
  expect(names(form)).toEqual(names(queries[0]!));
});

test('the query reads like the form', async () => {
  const { queries } = await converted('qakbot_commands_in_a_month', 'kql', []);
  expect(queries).toEqual([
    `DeviceProcessEvents
| where TimeGenerated >= startofmonth(ago(15d)) and TimeGenerated < startofmonth(ago(15d), 1)
| where ActionType == "ProcessCreated" and not(FolderPath startswith "/")
| where ProcessCommandLine in (
${commands.map((each) => `      "${each}"`).join(',\n')}
    )
| summarize
    TotalCommandsFound = count(),
    CommandLineList = make_set(ProcessCommandLine),
    TotalUniqueCommandsFound = count_distinct(ProcessCommandLine),
    TimeGenerated = min(TimeGenerated)
    by DeviceName, AccountName, TenantId
| where TotalUniqueCommandsFound > 3
| sort by TotalUniqueCommandsFound desc, TotalCommandsFound desc`,
  ]);
});

test.each([
  ['kql', 'EXACT'],
  ['spl', 'EXACT/ascii-case-folding+no-null-sign+scalar'],
  ['esql', 'EXACT/scalar'],
  ['eql', 'UNION(12)/no-empty-keys+scalar'],
] as const)('the form’s rule is %s: %s', async (id, certificate) => {
  expect(certificateOf(await converted('qakbot_commands_in_a_month', id, ['union']))).toBe(
    certificate,
  );
});

test.each(backendIds.filter((id) => id !== 'eql' && id !== 'dsl'))(
  'the rule of minutes is exact in %s',
  async (id) => {
    const { made } = await converted('qakbot_commands_in_minutes', id, []);
    expect(made?.plan.certificate).toMatchObject({ level: 'EXACT', queries: 1 });
  },
);

test('EQL is refused where a union is not asked for, and where it would be too large', async () => {
  const help = async (name: string, allow: readonly 'union'[]) =>
    (await converted(name, 'eql', allow)).diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ message, help: hint }) => `${message}: ${hint}`);
  expect(await help('qakbot_commands_in_a_month', [])).toEqual([
    'only a union of 12 queries says this; up to 24 are made if it is allowed: add --allow union, or convert to ES|QL',
  ]);
  expect(await help('qakbot_commands_in_minutes', ['union'])).toEqual([
    'it would take 15750 queries, and at most 24 are made: convert to ES|QL, or raise --max-queries',
  ]);
});
