import { readFileSync } from 'node:fs';
import type { Json } from '../../src/syntax/index.js';

/** A condition on one event, in the vectors' own notation. */
export type Match =
  | { readonly field: string; readonly eq: string; readonly cased?: boolean }
  | { readonly field: string; readonly in: readonly string[]; readonly cased?: boolean }
  | { readonly exists: string }
  | { readonly any: true }
  | { readonly and: readonly Match[] }
  | { readonly or: readonly Match[] }
  | { readonly not: Match };

export type Extended =
  | string
  | { readonly and: readonly Extended[] }
  | { readonly or: readonly Extended[] }
  | { readonly not: Extended };

export type Operator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';

export interface NeutralRule {
  readonly type:
    | 'event_count'
    | 'value_count'
    | 'temporal'
    | 'temporal_ordered'
    | 'value_sum'
    | 'value_avg'
    | 'value_median'
    | 'value_percentile';
  readonly rules: readonly ({ readonly name: string } & (
    { readonly match: Match } | { readonly correlation: NeutralRule }
  ))[];
  readonly groupBy: readonly string[];
  readonly aliases?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly timespanMs: number;
  readonly window: 'sliding' | 'tumbling' | 'total';
  /** Whether the window is the rule's own words, not the default. */
  readonly windowExplicit?: boolean;
  readonly onMissingKey: 'drop' | 'group';
  readonly condition?: Readonly<Partial<Record<Operator, number>>> & {
    readonly field?: string | readonly string[];
    readonly percentile?: number;
  };
  readonly extended?: Extended;
}

export interface VectorAlert {
  readonly key: readonly (string | null)[];
  readonly at: number | null;
  readonly value: number;
}

export interface Vector {
  readonly name: string;
  readonly purpose: string;
  readonly tags: readonly string[];
  readonly rule: NeutralRule;
  readonly sigma: string;
  readonly range: { readonly start: number; readonly end: number } | null;
  readonly events: readonly {
    readonly id: string;
    readonly ts: number;
    readonly time: string;
    readonly fields: Readonly<Record<string, Json>>;
  }[];
  readonly expected: {
    readonly keys: readonly VectorAlert['key'][];
    readonly bins?: readonly {
      readonly key: VectorAlert['key'];
      readonly bin: number;
      readonly value: number;
    }[];
    readonly first?: readonly Omit<VectorAlert, 'value'>[];
    readonly alerts: readonly VectorAlert[];
  };
  readonly kills: readonly string[];
}

interface VectorFile {
  readonly mutants: Readonly<Record<string, unknown>>;
  readonly vectors: readonly Vector[];
}

function load(name: string): VectorFile {
  const text = readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8');
  return JSON.parse(text) as VectorFile;
}

/** The public set, and those that we added to it. */
export const publicVectors = load('correlation.json').vectors;
export const ownVectors = load('own.json').vectors;
export const vectors = [...publicVectors, ...ownVectors];
export const mutants = Object.keys(load('correlation.json').mutants);
