import { fold, type Predicate } from '../../ir/index.js';
import type { Json } from '../../syntax/index.js';
type E = Readonly<Record<string, Json>>;
export function matcher(p: Predicate): (event: E) => boolean {
  return fold<(e: E) => boolean>(p, {
    and: (_, c) => (e) => c.every((f) => f(e)),
    or: (_, c) => (e) => c.some((f) => f(e)),
    not: (_, c) => (e) => !c[0]!(e),
    constant: (n) => () => n.value,
    exists: (n) => (e) => Object.hasOwn(e, n.field.name),
    string: (n) => (e) => {
      const v = e[n.field.name];
      const t = n.pattern.join('');
      return typeof v === 'string' && (n.cased ? v === t : v.toLowerCase() === t.toLowerCase());
    },
  } as never);
}
