import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Exit } from './exit.js';

/** One command: what it takes, and what it does. Its work is loaded only when it is called. */
export interface Command {
  readonly name: string;
  /** What follows the name, as yargs writes it: `<paths..>`. */
  readonly usage: string;
  readonly about: string;
  readonly options: (yargs: Argv) => Argv;
  readonly run: (args: Arguments) => Promise<Exit>;
}

export type Arguments = ArgumentsCamelCase<Readonly<Record<string, unknown>>>;

/** The values of an option that may be repeated and may hold commas. */
export function listed(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => String(each).split(','));
}
