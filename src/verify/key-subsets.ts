import { inClasses, type Stream } from './streams.js';

/** Keys of more components than this lack one or two of them, not every subset. */
const maxWhole = 4;

/** The ways in which an event can lack a component of its key. */
const lacking = ['missing', 'empty', 'null'] as const;

/**
 * A stream that alerts, with none of its events having some components of the key: every subset of up
 * to four components, pairs of more, in every way to lack one.
 */
export function withoutKeys(
  alerting: Stream,
  components: number,
  classes: readonly string[],
): readonly Stream[] {
  const most = components > maxWhole ? 2 : components;
  const streams = subsetsOf(components, most).flatMap((lacked) =>
    lacking.map((key) => alerting.map((beat) => ({ ...beat, but: { components: lacked, key } }))),
  );
  return streams.map((stream) => inClasses(stream, classes));
}

/** The subsets of the first numbers that have from one to `most` members. */
function subsetsOf(size: number, most: number): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]];
  for (let each = 0; each < size; each++) {
    all = [...all, ...all.filter((set) => set.length < most).map((set) => [...set, each])];
  }
  return all.slice(1);
}
