import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { convertRule, type Conversion } from '../../src/convert.js';
import { interpretersOf } from '../../src/cli/interpreters.js';
import { languages } from '../../src/cli/languages.js';
import type { Dataset, Row } from '../../src/dialects/index.js';
import { printText } from '../../src/diagnostics/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import type { BackendId } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { languageOf } from '../../src/verify/language.js';
import { backendOf } from '../support/backend.js';

/**
 * One fact of a pipeline, tried on a row as the vendor writes it: names, types and forms are the vendor's,
 * values are our own. The row does not pass through the pipeline's mapping, which may be what is false.
 * Each file of this folder holds facts; its name is the language of those that name none.
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
  /** Types of fields, where the values of the row do not tell. */
  readonly types?: Readonly<Record<string, string>>;
  /** Tables that the query looks into beside it. */
  readonly beside?: readonly Dataset[];
  readonly found: Verdict | Readonly<Partial<Record<BackendId, Verdict>>>;
  /** An assumption that the certificate must name. */
  readonly assumes?: string;
  /** A class of data that the certificate must name. */
  readonly class?: string;
  /** Where the vendor says so, and the day it was seen. */
  readonly source: string;
  readonly seen: string;
}

/** What the query says of the row, or a part of the message that refuses the rule. */
type Verdict = boolean | { readonly refused: string };

const loaded = await interpretersOf(languages);
if (!loaded.ok) throw new Error(printText(loaded.diagnostics));
const { value: interpreters } = loaded;

const now = Date.parse('2026-11-24T12:00:00Z');

for (const file of readdirSync(new URL('.', import.meta.url)).filter((each) =>
  /\.yml$/.test(each),
)) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const own = file.replace(/\.yml$/, '') as BackendId;
  describe.each(load(text) as readonly Fact[])(`${file}: $title`, (fact) => {
    test.each(verdicts(fact, own))('%s: %j', async (language, verdict) => {
      const conversion = await convertedBy(fact, language);
      const said = printText(conversion.diagnostics);
      if (typeof verdict === 'object') {
        expect(conversion.queries).toEqual([]);
        expect(said).toContain(verdict.refused);
        return;
      }
      expect(conversion.queries, said).toHaveLength(1);
      const { assumptions, certificate } = conversion.made!.plan;
      if (fact.assumes) expect(assumptions).toContain(fact.assumes);
      if (fact.class) expect(certificate.classes).toContain(fact.class);
      expect(isFound(fact, language, conversion), conversion.queries[0]).toBe(verdict);
    });
  });
}

function verdicts({ found }: Fact, own: BackendId): readonly (readonly [BackendId, Verdict])[] {
  if (typeof found === 'boolean' || 'refused' in found) return [[own, found]];
  return Object.entries(found) as [BackendId, Verdict][];
}

async function convertedBy(
  { pipeline, vars = {}, rule }: Fact,
  language: BackendId,
): Promise<Conversion> {
  const text = JSON.stringify({ title: 'A fact', ...rule });
  const [resolved] = resolve(parse([{ name: 'rule.yml', text }]));
  const backend = await backendOf(language);
  const names = [pipeline ?? backend.manifest.pipelines].flat();
  const pipelines = await Promise.all(
    names.map(async (each) => {
      const found = await loadPipeline(each, language);
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

/** Whether the query finds the row, in a table with the columns that the pipeline knows where tables have columns. */
function isFound(fact: Fact, language: BackendId, { queries, made }: Conversion): boolean {
  const { mapped } = made!;
  if (mapped.kind !== 'detection') throw new Error('a fact is tried with a detection');
  const { columns = {}, timeField } = mapped.target!;
  const { types, timeType, tables, seconds } = languageOf(language)!;
  const time = now - 60_000;
  const known = Object.entries(tables ? columns : {});
  const dataset = {
    name: fact.table ?? '*',
    rows: [{ [timeField]: seconds ? time / 1000 : new Date(time).toISOString(), ...fact.row }],
    ...(types && {
      types: {
        ...Object.fromEntries(known.map(([name, type]) => [name, types[type]])),
        ...fact.types,
        [timeField]: timeType,
      },
    }),
  };
  const query = { name: 'query', text: queries[0]! };
  const datasets = [dataset, ...(fact.beside ?? [])];
  const result = interpreters[language]!({ query, datasets, now, timeField });
  if (!result.ok) throw new Error(`${query.text}\n${printText(result.diagnostics)}`);
  const { value } = result;
  return value.kind === 'table'
    ? value.rows.length > 0
    : value.kind === 'events' && value.events.length > 0;
}
