// The tables that two queries are run over, and what is compared of their results.
import { interpreters, library, now } from './library.mjs';

const { atomsOf, conjunction, fieldsOf, isEvent, languageOf, leavesOf, tableOf, valueTest } =
  library;
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
  const tested = leaves.flatMap(({ rule }) =>
    atomsOf(conjunction([rule.target.scope, rule.predicate], rule.predicate.origin)).flatMap(
      fieldsOf,
    ),
  );
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
  return {
    id,
    language,
    mapped,
    columns,
    tables: [...tables.values()],
    keys: new Set(leaves.flatMap(({ keys }) => keys.map(({ name }) => name))),
    inClass: valueTest(classes),
    mayTie: !classes.includes('tie-free'),
    isRow: (row) => isEvent(row, tested, language),
    conversion,
  };
}

/** What a query finds in rows, each in one of the tables: the rows' numbers, or the keys that alert. */
export function found(bench, query, placed) {
  const datasets = bench.tables.flatMap((table) => {
    const { name, types } = table;
    const rows = placed.flatMap(({ row, table: own }, at) =>
      own === table ? [{ ...row, [rowColumn]: String(at) }] : [],
    );
    return [{ name, rows, ...(types && { types }) }, ...table.others];
  });
  const { timeField } = bench.tables[0];
  const result = interpreters[bench.id]({
    query: { name: 'query', text: query },
    datasets,
    now,
    timeField,
  });
  if (!result.ok) return undefined;
  return read(bench, result.value, placed);
}

function read(bench, result, placed) {
  if (bench.mapped.kind === 'detection') {
    if (result.kind === 'events') return result.events.map(String).sort();
    if (result.kind === 'sequences')
      return result.sequences.map(({ events }) => String(events)).sort();
    const at = result.columns.findIndex(({ name }) => name === rowColumn);
    return result.rows.map((row) => String(row[at])).sort();
  }
  const text = (value) =>
    value === null || value === undefined || value === '' ? '' : String(value);
  if (result.kind === 'events') {
    const keys = [...bench.keys];
    return unique(result.events.map((at) => keys.map((name) => text(placed[at].row[name]))));
  }
  if (result.kind === 'sequences')
    return unique(result.sequences.map(({ keys }) => keys.map(text)));
  const names = bench.conversion.made.plan.columns?.keys ?? [];
  const places = names.map((name) => result.columns.findIndex((each) => each.name === name));
  return unique(result.rows.map((row) => places.map((at) => text(row[at]))));
}

const unique = (keys) => [...new Set(keys.map((each) => JSON.stringify(each)))].sort();
