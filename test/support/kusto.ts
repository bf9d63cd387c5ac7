import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

/** Table name → column name → Kusto type. */
export type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface List<T> {
  readonly Count: number;
  getItem(at: number): T;
}

/** The part of Microsoft's parser that is used here; its own types are ambient and huge. */
interface Language {
  readonly Symbols: {
    readonly ScalarTypes: { GetSymbol(name: string): unknown };
    readonly ColumnSymbol: new (name: string, type: unknown, ...rest: readonly null[]) => unknown;
    readonly TableSymbol: { readonly $ctor4: new (name: string, columns: unknown[]) => unknown };
    readonly DatabaseSymbol: {
      readonly $ctor2: new (name: string, alternate: null, members: unknown[]) => unknown;
    };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
  readonly KustoCode: {
    ParseAndAnalyze(
      text: string,
      globals: unknown,
    ): {
      readonly HasSemantics: boolean;
      GetDiagnostics(): List<{ readonly Code: string; readonly Message: string }>;
    };
    Parse(text: string): { readonly Syntax: SyntaxNode };
  };
}

interface SyntaxNode {
  readonly ChildCount: number;
  readonly LiteralValue?: unknown;
  GetChild(at: number): SyntaxNode | null;
}

const language = (globalThis as unknown as { readonly Kusto: { readonly Language: Language } })
  .Kusto.Language;

/** What Microsoft's parser and binder say against a query on these tables; empty if all is well. */
export function kustoDiagnostics(query: string, schema: Schema): readonly string[] {
  const { Symbols, GlobalState, KustoCode } = language;
  const tables = Object.entries(schema).map(
    ([table, columns]) =>
      new Symbols.TableSymbol.$ctor4(
        table,
        Object.entries(columns).map(
          ([name, type]) =>
            new Symbols.ColumnSymbol(
              name,
              Symbols.ScalarTypes.GetSymbol(type),
              null,
              null,
              null,
              null,
            ),
        ),
      ),
  );
  const database = new Symbols.DatabaseSymbol.$ctor2('db', null, tables);
  const code = KustoCode.ParseAndAnalyze(query, GlobalState.Default.WithDatabase(database));
  if (!code.HasSemantics) return ['the query was not analysed'];
  const found = code.GetDiagnostics();
  return Array.from({ length: found.Count }, (_, at) => {
    const { Code, Message } = found.getItem(at);
    return `${Code} ${Message}`;
  });
}

/** The value that Microsoft's parser reads from a string literal. */
export function kustoString(literal: string): string {
  const found = literalValues(language.KustoCode.Parse(`print ${literal}`).Syntax);
  return found.length === 1 ? found[0]! : `<${found.length} literals>`;
}

function literalValues(node: SyntaxNode): readonly string[] {
  if (typeof node.LiteralValue === 'string') return [node.LiteralValue];
  return Array.from({ length: node.ChildCount }, (_, at) => node.GetChild(at)).flatMap((child) =>
    child ? literalValues(child) : [],
  );
}
