import type { Name, Quoting } from '../plan/index.js';
import { quoter } from './literals.js';

/** Writes names of fields or tables: bare where the language reads them so, else quoted. */
export function nameWriter(
  name: Name,
  quotings: Readonly<Record<string, readonly Quoting[]>>,
): (text: string, optional: boolean) => string {
  const bare = new RegExp(name.bare, 'u');
  const reserved = new Set(name.reserved);
  const quote = quoter(quotings[name.quoting]!);
  const { separator, optional: mark } = name;
  const single = (text: string) => (bare.test(text) && !reserved.has(text) ? text : quote(text));
  const whole = (text: string) =>
    separator === undefined ? single(text) : text.split(separator).map(single).join(separator);
  // Rules name the same few fields over and over.
  const written = new Map<string, string>();
  return (text, optional) => {
    let known = written.get(text);
    if (known === undefined) {
      known = whole(text);
      if (written.size < 10_000) written.set(text, known);
    }
    return optional && mark !== undefined ? mark + known : known;
  };
}
