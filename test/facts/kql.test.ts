import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { convertRule, type Conversion } from '../../src/convert.js';
import type { Dataset, Row } from '../../src/dialects/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { printText } from '../../src/diagnostics/index.js';
import { loadKusto } from '../../src/node/kusto.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { languageOf } from '../../src/verify/language.js';
import { backendOf } from '../support/backend.js';

/**
 * One fact of a pipeline, tried on a row as the vendor writes it: names, types and forms are the vendor's,
 * values are our own. The row does not pass through the pipeline's mapping, which may be what is false.
 */
interface Fact {
  readonly title: string;
  /** Shipped pipelines by name; the backend's own by default. */
  readonly pipeline?: string | readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  /** Sigma without title: `logsource` and `detection`. */
  readonly rule: object;
  /** The row's table or index; any by default. */
  readonly table?: string;
  readonly row?: Row;
  /** Tables that the query looks into beside it. */
  readonly beside?: readonly Dataset[];
  /** What the query says of the row, or a part of the message that refuses the rule. */
  readonly found: boolean | { readonly refused: string };
  /** An assumption that the certificate must name. */
  readonly assumes?: string;
  /** Where the vendor says so, and the day it was seen. */
  readonly source: string;
  readonly seen: string;
}

const now = Date.parse('2026-11-24T12:00:00Z');

const kusto = await loadKusto();
if (!kusto.ok) throw new Error(printText(kusto.diagnostics));
const { value: language } = kusto;

const facts = load(readFileSync(new URL('kql.yml', import.meta.url), 'utf8')) as readonly Fact[];

test.each(facts)('$title', async (fact) => {
  const conversion = await convertedBy(fact);
  const said = printText(conversion.diagnostics);
  if (typeof fact.found === 'object') {
    expect(conversion.queries).toEqual([]);
    expect(said).toContain(fact.found.refused);
    return;
  }
  expect(conversion.queries, said).toHaveLength(1);
  if (fact.assumes) expect(conversion.made!.plan.assumptions).toContain(fact.assumes);
  const [query = ''] = conversion.queries;
  expect(isFound(query, fact, conversion), query).toBe(fact.found);
});

async function convertedBy({ pipeline, vars = {}, rule }: Fact): Promise<Conversion> {
  const text = JSON.stringify({ title: 'A fact', ...rule });
  const [resolved] = resolve(parse([{ name: 'rule.yml', text }]));
  const backend = await backendOf('kql');
  const names = [pipeline ?? backend.manifest.pipelines].flat();
  const pipelines = await Promise.all(
    names.map(async (each) => {
      const found = await loadPipeline(each, 'kql');
      if (!found) throw new Error(`no pipeline ${each}`);
      return found;
    }),
  );
  const options = { unscoped: false, allow: [], maxQueries: 24 };
  return convertRule(
    resolved!,
    { backend, pipelines },
    { ...options, vars: new Map(Object.entries(vars)) },
  );
}

/** Whether the query finds the row, in a table with the columns that the pipeline knows. */
function isFound(text: string, fact: Fact, { made }: Conversion): boolean {
  const { mapped } = made!;
  if (mapped.kind !== 'detection') throw new Error('a fact is tried with a detection');
  const { columns = {}, timeField } = mapped.target!;
  const { types, timeType } = languageOf('kql')!;
  const dataset = {
    name: fact.table ?? '*',
    rows: [{ [timeField]: new Date(now - 60_000).toISOString(), ...fact.row }],
    ...(types && {
      types: {
        ...Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, types[type]])),
        [timeField]: timeType,
      },
    }),
  };
  const query = { name: 'query', text };
  const datasets = [dataset, ...(fact.beside ?? [])];
  const result = runKql({ query, datasets, now, timeField }, language);
  if (!result.ok) throw new Error(`${text}\n${printText(result.diagnostics)}`);
  const { value } = result;
  return value.kind === 'table' && value.rows.length > 0;
}
