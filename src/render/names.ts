import { expressionOf, type Name, type NameWriter, type Quoting } from '../plan/index.js';
import { quoter } from './literals.js';
import { readingBack, type Reader, type WordKind } from './reader.js';

/** Names are few and come again and again, so they are remembered, up to a bound. */
const remembered = 10_000;

/** Writes names of fields or tables: bare where the language reads them so, else quoted. With a reader it reads each back. */
export function nameWriter(
  name: Name,
  quotings: Readonly<Record<string, readonly Quoting[]>>,
  kind: WordKind,
  read?: Reader,
): NameWriter {
  const bare = expressionOf(name.bare);
  const forbidden = expressionOf(name.forbids ?? '\\p{Cs}');
  const { caseless = false, reserved = [] } = name;
  const inCase = (text: string) => (caseless ? text.toLowerCase() : text);
  const isReserved = new Set(reserved.map(inCase));
  const quote = quoter(quotings[name.quoting]!);
  const { separator, optional: mark = '' } = name;
  const isBare = (part: string) => bare.test(part) && !isReserved.has(inCase(part));
  const partsOf = (text: string) => (separator === undefined ? [text] : text.split(separator));
  const whole = readingBack(
    (text) =>
      partsOf(text)
        .map((part) => (isBare(part) ? part : quote(part)))
        .join(separator),
    kind,
    read,
  );
  const written = new Map<string, string>();
  const once = (text: string) => {
    const known = written.get(text);
    if (known !== undefined) return known;
    const fresh = whole(text);
    if (written.size < remembered) written.set(text, fresh);
    return fresh;
  };
  return {
    holds: (text) => written.has(text) || !forbidden.test(text),
    isBare: (text) => partsOf(text).every(isBare),
    write: (text, optional) => (optional ? mark : '') + once(text),
  };
}
