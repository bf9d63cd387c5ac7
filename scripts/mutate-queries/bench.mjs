// The tables that two queries are run over, and what is compared of their results.
import { interpreters, library, now } from './library.mjs';

const {
  atomsOf,
  conjunction,
  fieldsOf,
  isEvent,
  languageOf,
  leavesOf,
  mayHave,
  rangeAt,
  tableOf,
  valueTest,
} = library;
const rowColumn = 'isosigma_row';

/** What the rule's fields are, and where its queries look for them. */
export function benchOf(conversion) {
  const { mapped, plan } = conversion.made;
  const id = conversion.destination.backend.manifest.id;
  const language = languageOf(id);
  const { classes } = plan.certificate;
  const leaves =
    mapped.kind === 'detection'
      ? [{ rule: mapped, keys: [], values: [], outputs: [] }]
      : leavesOf(mapped);
  const needs = leaves.flatMap(({ keys, values, outputs }) => [...keys, ...values, ...outputs]);
  const testedBy = ({ target, predicate }) =>
    atomsOf(conjunction([target.scope, predicate], predicate.origin)).flatMap(fieldsOf);
  const tested = leaves.flatMap(({ rule }) => testedBy(rule));
  const fields = [...needs, ...tested];
  const tables = new Map();
  for (const { rule } of leaves) {
    const table = tableOf(rule.target, fields, classes, language, []);
    if (!tables.has(table.name)) tables.set(table.name, table);
  }
  const columns = { ...leaves[0].rule.target.columns };
  for (const { name, type, expression } of fields) {
    if (expression === undefined) columns[name] = type;
  }
  const expressionsOf = (some) => [...new Set(some.flatMap(({ expression }) => expression ?? []))];
  return {
    id,
    language,
    mapped,
    columns,
    tables: [...tables.values()],
    leaves: leaves.map(({ rule }) => ({
      rule,
      table: tables.get(tableOf(rule.target, fields, classes, language, []).name),
      expressions: expressionsOf(testedBy(rule)),
      tested: new Set(testedBy(rule).map(({ name }) => name)),
    })),
    keys: new Set(leaves.flatMap(({ keys }) => keys.map(({ name }) => name))),
    inClass: valueTest(classes),
    mayTie: mayHave(classes, 'ties'),
    isDisjoint: !mayHave(classes, 'shared-events'),
    /** What the request restricts the search to. */
    range: rangeAt(plan.assumptions.includes('request-range') ? mapped.range : undefined, now),
    isRow: (row) => isEvent(row, tested, language),
    conversion,
  };
}

/** What queries find in rows, each in one of the tables: the rows' numbers, or the keys that alert. */
export function found(bench, queries, placed) {
  const datasets = bench.tables.flatMap((table) => {
    const { name, types } = table;
    const rows = placed.flatMap(({ row, table: own }, at) =>
      own === table ? [{ ...row, [rowColumn]: String(at) }] : [],
    );
    return [{ name, rows, ...(types && { types }) }, ...table.others];
  });
  const { timeField } = bench.tables[0];
  const all = [];
  for (const text of queries) {
    const input = { query: { name: 'query', text }, datasets, now, timeField };
    const result = interpreters[bench.id](input);
    if (!result.ok) return undefined;
    all.push(read(bench, result.value, placed));
  }
  return [...new Set(all.flat())].sort();
}

function read(bench, result, placed) {
  if (bench.mapped.kind === 'detection') {
    if (result.kind === 'events') return result.events.map(String);
    if (result.kind === 'sequences') return result.sequences.map(({ events }) => String(events));
    const at = result.columns.findIndex(({ name }) => name === rowColumn);
    return result.rows.map((row) => String(row[at]));
  }
  return keysIn(bench, result, placed).map((each) => JSON.stringify(each));
}

function keysIn(bench, result, placed) {
  const text = (value) =>
    value === null || value === undefined || value === '' ? '' : String(value);
  if (result.kind === 'events') {
    const names = [...bench.keys];
    return result.events.map((at) => names.map((name) => text(placed[at].row[name])));
  }
  if (result.kind === 'sequences') return result.sequences.map(({ keys }) => keys.map(text));
  const names = bench.conversion.made.plan.columns?.keys ?? [];
  const places = names.map((name) => result.columns.findIndex((each) => each.name === name));
  return result.rows.map((row) => places.map((at) => text(row[at])));
}
