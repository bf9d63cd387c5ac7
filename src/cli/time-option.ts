import { timeOf } from '../evaluate/index.js';
import type { Arguments } from './command.js';

/**
 * An option that is a point in time, as `{name: epoch milliseconds}`; empty if it was not given,
 * undefined (and told) if it cannot be read.
 */
export function timeOption<Name extends string>(
  args: Arguments,
  name: Name,
): { readonly [Key in Name]?: number } | undefined {
  const given = args[name];
  if (given === undefined) return {};
  const text = String(given);
  const time = timeOf({ time: /^\d+$/.test(text) ? Number(text) : text }, 'time');
  if (time === undefined) {
    console.error(`--${name}: ${text} is no time; write RFC 3339 or epoch milliseconds`);
    return undefined;
  }
  return { [name]: time } as { readonly [Key in Name]?: number };
}
