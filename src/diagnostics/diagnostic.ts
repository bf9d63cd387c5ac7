import type { Entry, Severity } from './catalog/entry.js';
import { catalog, type Code } from './catalog/index.js';
import type { Span } from './source.js';

/** A replacement of the text in `span`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** One thing to tell the user, with its place. A problem that a user can cause is never an exception. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** Absent only where there is no text to point at, such as a missing file. */
  readonly span?: Span;
  /** What to do about it: a suggestion, an alternative. */
  readonly help?: string;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  readonly fix?: readonly TextEdit[];
}

type Slots<Message extends string> = Message extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;

type MessageOf<C extends Code> = (typeof catalog)[C]['message'];

/** The values of a message's slots; a message without slots takes `{}`. */
export type Parameters<C extends Code> = Readonly<Record<Slots<MessageOf<C>>, string | number>>;

/**
 * A diagnostic of the catalogue. A wrong code, or a slot of its message left without a value, does
 * not compile.
 */
export function diagnostic<C extends Code>(
  code: C,
  span: Span | undefined,
  parameters: Parameters<C>,
  extra: Pick<Diagnostic, 'help' | 'related' | 'fix'> = {},
): Diagnostic {
  const { severity, message }: Entry = catalog[code];
  const values = parameters as Readonly<Record<string, string | number>>;
  return {
    code,
    severity,
    message: message.replace(/\{([^}]+)\}/g, (_, slot: string) => shortened(String(values[slot]))),
    ...(span && { span }),
    ...extra,
  };
}

const longestValue = 1000;

/** A value that a message can hold: a query or a rule may have a name of a million characters. */
function shortened(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}

/** Whether any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
