/**
 * The part of `Kusto.Language` (npm `@kusto/language-service-next`) that this dialect uses. Microsoft
 * ships it for a JavaScript host of any kind; the core takes it as a parameter and has no host itself.
 */
export interface KustoLanguage {
  readonly GlobalState: { readonly Default: KustoGlobals };
  readonly Properties: { readonly MaxAnalysisDepth: unknown };
  readonly KustoCode: {
    Parse(text: string): KustoCode;
    ParseAndAnalyze(text: string, globals: KustoGlobals): KustoCode;
  };
  readonly Symbols: {
    readonly ScalarTypes: { GetSymbol(name: string): unknown };
    readonly ColumnSymbol: new (
      name: string,
      type: unknown,
      description: null,
      original: null,
      originals: null,
      source: null,
    ) => KustoColumn;
    readonly TableSymbol: {
      readonly $ctor4: new (name: string, columns: readonly KustoColumn[]) => unknown;
    };
    readonly DatabaseSymbol: {
      readonly $ctor2: new (name: string, alternate: null, members: readonly unknown[]) => unknown;
    };
  };
}

export interface KustoGlobals {
  WithDatabase(database: unknown): KustoGlobals;
  WithProperty(type: null, property: unknown, value: number): KustoGlobals;
}

export interface KustoList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

export interface KustoCode {
  readonly Syntax: KustoNode;
  readonly HasSemantics: boolean;
  readonly ResultType: KustoType | null;
  GetSyntaxDiagnostics(): KustoList<KustoDiagnostic>;
  GetDiagnostics(): KustoList<KustoDiagnostic>;
}

export interface KustoDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
  readonly Start: number;
  readonly Length: number;
}

export interface KustoSymbol {
  readonly Name: string;
}

export interface KustoColumn extends KustoSymbol {
  readonly Type: KustoType;
}

export interface KustoType extends KustoSymbol {
  readonly Columns?: KustoList<KustoColumn>;
}

/** A node or token. What only some kinds have is read with `child` and `childList` of `tree.ts`. */
export interface KustoNode {
  readonly IsToken: boolean;
  readonly ChildCount: number;
  readonly TextStart: number;
  readonly Width: number;
  readonly Text?: string;
  /** A token's text without quotes and escapes. */
  readonly ValueText?: string;
  readonly SimpleName?: string | null;
  readonly LiteralValue?: unknown;
  readonly ResultType?: KustoType | null;
  readonly ReferencedSymbol?: KustoSymbol | null;
  GetChild(index: number): KustoNode | null;
  GetCalledFunctionBody(): KustoNode | null;
}
