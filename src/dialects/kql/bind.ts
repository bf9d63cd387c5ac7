import {
  diagnostic,
  didYouMean,
  failure,
  success,
  type Outcome,
  type SourceFile,
  type Span,
} from '../../diagnostics/index.js';
import { balanced } from './balance.js';
import type {
  KustoCode,
  KustoDiagnostic,
  KustoGlobals,
  KustoLanguage,
  KustoNode,
} from './kusto.js';
import { overly } from './limit.js';
import { graphOperator, refusedOperators, workspaceFunction } from './refused.js';
import type { Relation } from './scope.js';
import { descendants, items, kindOf, operatorWord } from './tree.js';

/** Deeper trees than this are refused before they can exhaust the stack. */
const maximumDepth = 5000;

/** More errors than these tell nobody more. */
const maximumErrors = 20;

/** Words that a mistyped one may mean. */
const words =
  'where extend project project-away project-keep project-rename summarize distinct count sort order top take limit join lookup union serialize mv-expand mv-apply partition scan print range let and or not between in has hasprefix hassuffix has_any has_all contains startswith endswith matches regex'.split(
    ' ',
  );

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
  const own = recentOf(kusto);
  const schemas = [...tables].map(([name, { columns }]) => [name, columns]);
  const key = JSON.stringify([query.text, schemas, wildcard?.columns]);
  const before = own.get(key);
  if (before) return success({ code: before, tables });
  try {
    const found = bound(query, kusto, tables, wildcard);
    if (found.ok && found.value.tables.size === tables.size) remember(own, key, found.value.code);
    return found;
  } catch (error) {
    const graph = graphOperator.exec(query.text);
    if (graph) {
      const end = graph.index + graph[0].length;
      const span = { source: query, start: end - graph[1]!.length, end };
      const help = 'no table that is given is a graph';
      return failure(diagnostic('kql/unsupported', span, { feature: graph[1]! }, { help }));
    }
    const reason = error instanceof Error ? error.message : String(error);
    return failure(
      diagnostic('kql/too-complex', whole(query), {
        limit: `Microsoft's parser fails on it (${reason.slice(0, 200)})`,
      }),
    );
  }
}

/** The last queries that were bound: verification runs the same over many rows, and binding is slow. */
const recent = new WeakMap<KustoLanguage, Map<string, KustoCode>>();
const mostRecent = 8;

function recentOf(kusto: KustoLanguage): Map<string, KustoCode> {
  const own = recent.get(kusto) ?? new Map<string, KustoCode>();
  recent.set(kusto, own);
  return own;
}

function remember(own: Map<string, KustoCode>, key: string, code: KustoCode): void {
  const [oldest] = own.keys();
  if (own.size === mostRecent && oldest !== undefined) own.delete(oldest);
  own.set(key, code);
}

function bound(
  query: SourceFile,
  kusto: KustoLanguage,
  tables: ReadonlyMap<string, Relation>,
  wildcard: Relation | undefined,
): Outcome<Bound> {
  const text = balanced(query.text);
  const syntax = errorsOf(kusto.KustoCode.Parse(text).GetSyntaxDiagnostics());
  if (syntax.length > 0)
    return {
      ok: false,
      diagnostics: syntax
        .slice(0, maximumErrors)
        .map((each) => reported('kql/syntax', each, query, words)),
    };
  const known = new Map(wildcard ? [...tables, ['*', wildcard]] : tables);
  for (;;) {
    const code = kusto.KustoCode.ParseAndAnalyze(text, globalsOf(kusto, known));
    const errors = errorsOf(code.GetDiagnostics());
    const missing = wildcard ? errors.flatMap((each) => unknownTable(each, query) ?? []) : [];
    const fresh = missing.filter((name) => !known.has(name));
    if (fresh.length === 0) {
      const [global] = wildcard ? searches(code.Syntax) : [];
      if (errors.length > 0 && global) return failure(unsupported(global, query));
      if (errors.length > 0) {
        const columns = [...known.values()].flatMap((table) => table.columns);
        const names = [...known.keys(), ...columns.map(({ name }) => name)];
        return {
          ok: false,
          diagnostics: errors.map((each) => reported('kql/binding', each, query, names)),
        };
      }
      return success({ code, tables: known });
    }
    for (const name of fresh) known.set(name, { ...wildcard!, name });
  }
}

/** `find` and `search`, which look into every table: the binder needs all of them for their columns. */
function searches(tree: KustoNode): readonly KustoNode[] {
  return descendants(tree).filter((node) => /^(?:Find|Search)Operator$/.test(kindOf(node)));
}

function unsupported(node: KustoNode, source: SourceFile) {
  const span = { source, start: node.TextStart, end: node.TextStart + node.Width };
  const feature = operatorWord(node);
  const help = refusedOperators.get(feature);
  return diagnostic('kql/unsupported', span, { feature }, help === undefined ? {} : { help });
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
  names: readonly string[],
) {
  const span = { source, start: Start, end: Start + Length };
  if (Code === 'KS245')
    return diagnostic('kql/too-complex', span, { limit: `nested deeper than ${maximumDepth}` });
  const written = source.text.slice(span.start, span.end);
  if (Code === 'KS211' && workspaceFunction.test(written)) {
    const help = 'it is a function of the workspace; write its values or its text';
    return diagnostic('kql/unsupported', span, { feature: `the function ${written}()` }, { help });
  }
  const problem = `${Message} (${Code})`;
  return diagnostic(code, span, { problem }, didYouMean(written, names));
}

function whole(source: SourceFile): Span {
  return { source, start: 0, end: source.text.length };
}
