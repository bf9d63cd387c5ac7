import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';
import type { KustoCode, KustoDiagnostic, KustoGlobals, KustoLanguage } from './kusto.js';
import { overly } from './limit.js';
import type { Relation } from './scope.js';
import { items } from './tree.js';

/** Deeper trees than this are refused before they can exhaust the stack. */
const maximumDepth = 5000;

/** A query with names and types resolved, and the tables that it names. */
export interface Bound {
  readonly code: KustoCode;
  readonly tables: ReadonlyMap<string, Relation>;
}

/**
 * Parses and binds with Microsoft's own parser. `wildcard` answers to the names of tables that no
 * other has.
 *
 * Errors: `kql/syntax` and `kql/binding` with Microsoft's messages, `kql/too-complex`.
 */
export function bind(
  query: SourceFile,
  kusto: KustoLanguage,
  tables: ReadonlyMap<string, Relation>,
  wildcard: Relation | undefined,
): Outcome<Bound> {
  const complexity = overly(query);
  if (complexity) return failure(complexity);
  try {
    return bound(query, kusto, tables, wildcard);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(
      diagnostic('kql/too-complex', whole(query), {
        limit: `Microsoft's parser fails on it (${reason.slice(0, 200)})`,
      }),
    );
  }
}

function bound(
  query: SourceFile,
  kusto: KustoLanguage,
  tables: ReadonlyMap<string, Relation>,
  wildcard: Relation | undefined,
): Outcome<Bound> {
  const syntax = errorsOf(kusto.KustoCode.Parse(query.text).GetSyntaxDiagnostics());
  if (syntax.length > 0)
    return failure(...syntax.map((each) => reported('kql/syntax', each, query)));
  const known = new Map(tables);
  for (;;) {
    const code = kusto.KustoCode.ParseAndAnalyze(query.text, globalsOf(kusto, known));
    const errors = errorsOf(code.GetDiagnostics());
    const missing = wildcard ? errors.flatMap((each) => unknownTable(each, query) ?? []) : [];
    const fresh = missing.filter((name) => !known.has(name));
    if (fresh.length === 0) {
      if (errors.length > 0)
        return failure(...errors.map((each) => reported('kql/binding', each, query)));
      return success({ code, tables: known });
    }
    for (const name of fresh) known.set(name, { ...wildcard!, name });
  }
}

/** KS204: no such table. KS142: no such name, which may be a table's where a value may be one too. */
function unknownTable(
  { Code, Message, Start }: KustoDiagnostic,
  { text }: SourceFile,
): string | undefined {
  const name = /'([^']+)'/.exec(Message)?.[1];
  if (name === undefined) return undefined;
  if (Code === 'KS204') return name;
  const before = text.slice(0, Start);
  return Code === 'KS142' && /(?:=|\(|in~?)\s*\(?\s*$/.test(before) ? name : undefined;
}

function globalsOf(kusto: KustoLanguage, tables: ReadonlyMap<string, Relation>): KustoGlobals {
  const { ScalarTypes, ColumnSymbol, TableSymbol, DatabaseSymbol } = kusto.Symbols;
  const symbols = [...tables].map(([name, { columns }]) => {
    const members = columns.map(
      (column) =>
        new ColumnSymbol(column.name, ScalarTypes.GetSymbol(column.type), null, null, null, null),
    );
    return new TableSymbol.$ctor4(name, members);
  });
  return kusto.GlobalState.Default.WithDatabase(
    new DatabaseSymbol.$ctor2('db', null, symbols),
  ).WithProperty(null, kusto.Properties.MaxAnalysisDepth, maximumDepth);
}

function errorsOf(
  diagnostics: ReturnType<KustoCode['GetDiagnostics']>,
): readonly KustoDiagnostic[] {
  return items(diagnostics).filter(({ Severity }) => Severity === 'Error');
}

function reported(
  code: 'kql/syntax' | 'kql/binding',
  { Code, Message, Start, Length }: KustoDiagnostic,
  source: SourceFile,
) {
  const span = { source, start: Start, end: Start + Length };
  if (Code === 'KS245')
    return diagnostic('kql/too-complex', span, { limit: `nested deeper than ${maximumDepth}` });
  return diagnostic(code, span, { problem: `${Message} (${Code})` });
}

function whole(source: SourceFile): Span {
  return { source, start: 0, end: source.text.length };
}
