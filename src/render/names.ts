import type { Name, NameWriter, Quoting } from '../plan/index.js';
import { quoter } from './literals.js';

/** Names are few and come again and again, so they are remembered, up to a bound. */
const remembered = 10_000;

/** Writes names of fields or tables: bare where the language reads them so, else quoted. */
export function nameWriter(
  name: Name,
  quotings: Readonly<Record<string, readonly Quoting[]>>,
): NameWriter {
  const bare = new RegExp(name.bare, 'u');
  const forbidden = new RegExp(name.forbids ?? '\\p{Cs}', 'u');
  const { caseless = false, reserved = [] } = name;
  const inCase = (text: string) => (caseless ? text.toLowerCase() : text);
  const isReserved = new Set(reserved.map(inCase));
  const quote = quoter(quotings[name.quoting]!);
  const { separator, optional: mark = '' } = name;
  const single = (text: string) =>
    bare.test(text) && !isReserved.has(inCase(text)) ? text : quote(text);
  const written = new Map<string, string>();
  const whole = (text: string) => {
    const known = written.get(text);
    if (known !== undefined) return known;
    const parts = separator === undefined ? [text] : text.split(separator);
    const fresh = parts.map(single).join(separator);
    if (written.size < remembered) written.set(text, fresh);
    return fresh;
  };
  return {
    holds: (text) => written.has(text) || !forbidden.test(text),
    write: (text, optional) => (optional ? mark : '') + whole(text),
  };
}
