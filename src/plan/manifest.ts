import type { FieldType, TimePartAtom } from '../ir/index.js';
import type { RegexFlavour } from '../regex/index.js';
import type { CorrelationManifest } from './correlation/form.js';
import type { Unsupported } from './unsupported.js';
import type { ConnectiveKey, TestKey } from './operators.js';

/** `backends/<id>/backend.yml`: how a query language says things (schema/backend.schema.json). */
export interface Manifest {
  readonly id: string;
  /** SHA-256 of the folder of the backend, which the bundle counts. */
  readonly version: string;
  /** Whether an interpreter runs the language (src/dialects), which the bundle sees. */
  readonly verified: boolean;
  readonly title: string;
  /** Of query files, without the dot. */
  readonly extension: string;
  /** The pipelines that are used where none is named. */
  readonly pipelines: readonly string[];
  /** A comment of one line; `{text}` is its text. Absent where the language has none. */
  readonly comment?: string;
  /** What to name where this language cannot say something. */
  readonly alternative?: string;
  /** Ids of what every query of this backend takes for granted (src/plan/assumptions.ts). */
  readonly assumptions: readonly string[];
  readonly quotings: Readonly<Record<string, readonly Quoting[]>>;
  readonly literals: Readonly<Record<string, Literal>>;
  /** The regular expression engine. */
  readonly regex: RegexFlavour;
  /** How a table or index is written; absent where the query names none. */
  readonly source?: Name;
  readonly limits: { readonly list: number; readonly chain: number };
  /** Whether the scope of the log source stands in a filter stage of its own. */
  readonly scope: 'apart' | 'merged';
  /** The field of the whole text of an event, where a keyword looks if the pipelines do not say. */
  readonly keyword: { readonly field: string } | Unsupported;
  readonly types: Readonly<Record<FieldType, ColumnType>>;
  /** In order of preference. With two, what the first cannot say is said in the second. */
  readonly contexts: Readonly<Record<string, ContextManifest>>;
  readonly correlations: CorrelationManifest;
  /** How groups of events are asked for, where a table has no events of its own (stage `group`). */
  readonly groups: GroupsManifest | Unsupported;
  readonly parts: Readonly<Record<TimePartAtom['part'], string | Unsupported>>;
}

export interface GroupsManifest {
  /** How far back the events may lie: the slots of a range (`{last}`). */
  readonly last: string;
  readonly assumptions: readonly string[];
}

/** One way to quote; of several, the first whose `fits` accepts the text is taken. */
export interface Quoting {
  readonly fits?: string;
  readonly open: string;
  readonly close: string;
  readonly escape?: Readonly<Record<string, string>>;
  /** For unseen characters that `escape` does not name: `{hex}` is the code point, `{hex4}` each UTF-16 unit. */
  readonly control?: string;
}

/** How the value of an operator is written. */
export interface Literal {
  readonly quoting: string;
  /** With it the literal takes a whole pattern; without, only the text in it. */
  readonly 'any-run'?: string;
  readonly 'any-one'?: string;
  /** Escapes of the pattern's own level, below those of the quoting. */
  readonly escape?: Readonly<Record<string, string>>;
  readonly control?: string;
  readonly before?: string;
  readonly after?: string;
  /** Texts that the literal cannot hold. */
  readonly forbids?: string;
  readonly 'lower-case'?: boolean;
}

/** How a name is written. */
export interface Name {
  readonly bare: string;
  readonly reserved?: readonly string[];
  /** Reserved words are so in upper and lower case. */
  readonly caseless?: boolean;
  /** Names are quoted one segment at a time. */
  readonly separator?: string;
  readonly quoting: string;
  /** Names that cannot be written at all. */
  readonly forbids?: string;
  /** What a name becomes that the target may not know. */
  readonly optional?: string;
}

/** What a column of this type holds, and how a test on text reads it (`{field}`, or a cast). */
export interface ColumnType {
  readonly holds: 'text' | 'number' | 'boolean' | 'address' | 'time';
  readonly text: string | Unsupported;
  readonly classes?: readonly string[];
  /** The tests that such a column answers, where it does not answer all, and why. */
  readonly only?: Unsupported & { readonly tests: readonly TestKey[] };
}

export interface ContextManifest {
  readonly field: Name;
  /** Columns of these types are left to the other context. */
  readonly leaves?: readonly FieldType[];
  readonly group: string;
  readonly connectives: Readonly<Record<ConnectiveKey, ConnectiveManifest>>;
  readonly tests: Readonly<Record<TestKey, Unsupported | TestManifest | readonly TestManifest[]>>;
  /** Makes a test that may be null two-valued; used under negation. */
  readonly guard?: {
    readonly text: string;
    readonly strength: number;
    readonly operand: number;
    readonly only?: 'optional';
  };
  readonly classes?: readonly string[];
  /** Classes of a test of a field that the target knows only once an event had it. */
  readonly late?: readonly string[];
}

/** `text` joins two operands or, for `not` and the constants, is the whole text. */
export interface ConnectiveManifest {
  readonly text: string;
  readonly strength: number;
  /** The strength that an operand must have to stand without parentheses. */
  readonly operand?: number;
}

/** One way to say a test; of several, the first that can hold the value is taken. */
export interface TestManifest {
  readonly text: string;
  /** Several values of one field at once. */
  readonly list?: string;
  readonly value?: string;
  readonly strength: number;
  /** The result is null rather than false on a missing value. */
  readonly nullable?: boolean;
  /** Only for expressions that the empty string does not match. */
  readonly 'rejects-empty'?: boolean;
  /** The letters of ASCII to which the test folds others: `k` for U+212A, `s` for U+017F, `i` for U+0130 or U+0131. */
  readonly folds?: string;
  readonly classes?: readonly string[];
  readonly assumptions?: readonly string[];
}
