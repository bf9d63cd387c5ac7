import type { Stream } from './beat.js';
import { subsetsOf } from './subsets.js';

/** Keys of more components than this lack one or two of them, not every subset. */
const maxWhole = 4;

/** The ways in which an event can lack a component of its key. */
const lacking = ['missing', 'empty', 'null'] as const;

/**
 * A stream that alerts, with none of its events having some components of the key: every subset of up
 * to four components, pairs of more, in every way to lack one.
 */
export function withoutKeys(alerting: Stream, components: number): readonly Stream[] {
  const most = components > maxWhole ? 2 : components;
  const all = Array.from({ length: components }, (_, component) => component);
  return subsetsOf(all, most).flatMap((lacked) =>
    lacking.map((key) => {
      const but = Object.fromEntries(lacked.map((component) => [component, key]));
      return alerting.map((beat) => ({ ...beat, but: { ...beat.but, ...but } }));
    }),
  );
}
