import type { FieldType, Pattern } from '../ir/index.js';
import type { Manifest } from './manifest.js';
import type { ConnectiveKey, TestKey } from './operators.js';

/** A manifest made ready: texts split at their slots, expressions compiled, templates loaded. */
export interface Backend {
  readonly manifest: Manifest;
  readonly contexts: readonly Context[];
  readonly source: NameWriter | undefined;
  /** The whole query; takes the source and the finished stages. */
  readonly query: Template;
  /** A correlation; takes what stands before it and its finished stages. */
  readonly correlation: Template;
  /** By kind of stage, or by the names that forms of correlations use. */
  readonly stages: Readonly<Record<string, Template>>;
}

/** A layout: it takes finished texts, and puts them one after the other. */
export type Template = (view: Readonly<Record<string, unknown>>) => string;

/** A place for conditions with its own words, such as Splunk's `search` and `where`. */
export interface Context {
  readonly name: string;
  readonly field: NameWriter;
  readonly leaves: ReadonlySet<FieldType>;
  readonly group: SlotText;
  readonly connectives: Readonly<Record<ConnectiveKey, Connective>>;
  readonly tests: Readonly<Record<TestKey, readonly Test[] | string>>;
  readonly guard?: {
    readonly text: SlotText;
    readonly strength: number;
    readonly operand: number;
    readonly only?: 'optional';
  };
  readonly classes: readonly string[];
  readonly late: readonly string[];
}

export interface Connective {
  readonly text: string;
  readonly strength: number;
  readonly operand: number;
}

/** One way to say something. */
export interface Test {
  readonly text: SlotText;
  readonly list?: SlotText;
  /** Tests with the same key go into one list. */
  readonly listKey?: string;
  readonly literal?: LiteralWriter;
  readonly strength: number;
  readonly nullable: boolean;
  readonly rejectsEmpty: boolean;
  /** What it folds beyond ASCII: letters that fold to one of these, or are beyond ASCII themselves. */
  readonly folded?: RegExp;
  readonly classes: readonly string[];
  readonly assumptions: readonly string[];
}

export interface LiteralWriter {
  /** Whether the literal can hold the pattern. */
  readonly holds: (value: Pattern) => boolean;
  /** The pattern as finished query text. */
  readonly write: (value: Pattern) => string;
}

export interface NameWriter {
  /** Whether the language has a way to write the name. */
  readonly holds: (name: string) => boolean;
  /** Whether the language reads the name as it is, without quotes. */
  readonly isBare: (name: string) => boolean;
  /** The name, quoted if need be; `optional` for one that the target may not know. */
  readonly write: (name: string, optional?: boolean) => string;
}

/** Text with `{slots}`: texts at even places, names of slots at odd ones. */
export type SlotText = readonly string[];

export function slotText(text: string): SlotText {
  return text.split(/\{([a-z]+)\}/);
}

export function fill(text: SlotText, values: Readonly<Record<string, string>>): string {
  let filled = text[0]!;
  for (let at = 1; at < text.length; at += 2) filled += values[text[at]!]! + text[at + 1]!;
  return filled;
}
