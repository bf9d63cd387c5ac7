import type { FieldType } from '../../ir/index.js';
import type { ComparisonOperator, CorrelationType } from '../../syntax/index.js';
import type { Unsupported } from '../unsupported.js';

/** The `correlations` of a manifest: forms, in order of preference, and the words that fill them. */
export interface CorrelationManifest {
  /** Whether a query reads one table at a time, or all sources at once. */
  readonly sources: 'apart' | 'joined';
  /** Whether the rows of an inner correlation can be gone on with, and beside others. */
  readonly nesting: 'alone' | 'beside' | Unsupported;
  /** What to do where they cannot. */
  readonly nestingAlternative?: string;
  /** The classes of data on which a query is exact in which an inner correlation stands beside other rules. */
  readonly besideClasses?: readonly string[];
  /** The class of data on which `on-missing-key: group` is exact. */
  readonly groupedClass?: string;
  /** Between names in a list. */
  readonly separator: string;
  /** A length of time by its unit; `{n}` is the number. */
  readonly duration: Readonly<Record<'ms' | 's' | 'm' | 'h' | 'd', string>>;
  /** A field as the text by which keys and values are compared. */
  readonly key: TextByType;
  /** A key that is `{word}` where the field is missing; `{value}`. */
  readonly absent: string | Unsupported;
  /** A test that `{value}` is not blank. */
  readonly present: string;
  /** A test that `{value}` is there, in a query of one event: sequences join by keys that are. */
  readonly held?: string;
  /** Joins several tests that must all hold. */
  readonly and: string;
  readonly range: RangeWords;
  /** Absent where all forms are sequences of events. */
  readonly rows?: RowWords;
  readonly forms: readonly Form[];
}

export type TextByType = Readonly<Record<FieldType, string | Unsupported>>;

/** The words of forms that work on rows. */
export interface RowWords {
  /** What the hits of several rules are: rows of their own, or rows that conditions tell apart. */
  readonly sets: 'rows' | 'conditions';
  /** Classes of data on which the words are exact that unfold a row into the hits of several rules. */
  readonly unfolding?: readonly string[];
  /** A key for all rows, where the rule has none. */
  readonly constant: { readonly name: string; readonly value: string };
  /** Columns that templates make up: see there. `timeOf` is what the column of the time holds, `timeBack` the time of it. */
  readonly columns: Readonly<
    Record<
      'count' | 'shown' | 'value' | 'numeric' | 'time' | 'timeOf' | 'timeBack' | 'rule' | 'output',
      string
    >
  >;
  /** Columns that templates make up begin like this; no column of ours may. */
  readonly reserved: string;
  /** Those that would hide a field of the same name. */
  readonly hiding: string;
  /** A field as a number; null where it holds none. */
  readonly number: TextByType;
  /** A key in a group of its own where it is missing; `{value}`. */
  readonly grouped: string;
  /** The counted value, null where blank: one, or several as `{items}` of one text. */
  readonly distinct: {
    readonly single: string;
    readonly item: string;
    readonly join: string;
    readonly tuple: string;
  };
  /** A bound: `{column} {operator} {number}`. */
  readonly bound: string;
  readonly operators: Readonly<Record<ComparisonOperator, string>>;
  readonly output: Readonly<
    Record<'count' | 'set' | 'distinct' | 'min' | 'max' | 'first' | 'last', string>
  >;
  /** The same for fields that are never blank. */
  readonly filled: Readonly<Record<'set' | 'distinct', string>>;
}

/** A range of time as a test on the time column; `{column}`, `{from}`, `{to}`. */
export interface RangeWords {
  readonly absolute: string | Unsupported;
  readonly monthOffset: string | Unsupported;
  readonly monthContaining: string | Unsupported;
  /** The last `{last}` before now, without now. */
  readonly recent: string | Unsupported;
  /** Of a search, which ends when it ends. */
  readonly last: string | Unsupported;
}

/** One exact way to say correlations of some kind. */
export interface Form {
  readonly id: string;
  readonly types: readonly CorrelationType[];
  readonly windows: readonly ('sliding' | 'tumbling' | 'total')[];
  /** Only for conditions that hold in a larger window if they hold in a smaller one. */
  readonly monotone?: boolean;
  /** Only for extended conditions. */
  readonly extended?: boolean;
  /** The least count that alerts, and so what the form must be able to count to. */
  readonly count?: { readonly min?: number; readonly max?: number };
  /** How many rules there may be. */
  readonly rules?: { readonly min?: number; readonly max?: number };
  /** How many keys the correlation may group by. */
  readonly keys?: { readonly min?: number; readonly max?: number };
  /** Only where events without a key belong to no group. */
  readonly missingKeys?: 'drop';
  /** Only where the counted values are a list that the rule itself names. */
  readonly finite?: boolean;
  /** Only where every rule takes its keys from the same fields. */
  readonly sameKeys?: boolean;
  readonly unsupported?: string;
  readonly alternative?: string;
  readonly classes?: readonly string[];
  readonly assumptions?: readonly string[];
  /** The test that rule `{number}` occurs in the window. */
  readonly occurs?: string;
  /** The form reads the rows of a single set as they are, without columns that are made up first. */
  readonly direct?: boolean;
  /** Text that stands before the query and names the rows that the form reads more than once. */
  readonly prelude?: string;
  /** Templates, one after the other. */
  readonly stages: readonly string[];
  /** The last stage of a query on its own. */
  readonly report?: string;
  /** What the report's time column is called, and what it is the time of. */
  readonly at?: string;
  /** The last stage where another correlation goes on; absent for a form that cannot be nested. */
  readonly nested?: string;
  /** The form is one of items (EQL), each with a condition of its own. */
  readonly steps?: boolean;
  /** The most runs that one item may have. */
  readonly runs?: number;
  /** Rows have columns of the rule's own (`isosigma: output`). */
  readonly outputs?: boolean;
  /** What several queries say together that one cannot. */
  readonly expansion?:
    'choices' | 'orders' | 'partitions' | 'compositions' | 'covering' | 'covering-orders';
}
