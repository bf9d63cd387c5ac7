import type { CorrelationRule } from '../ir/index.js';
import { allBut, type Happening, type Key } from './beat.js';
import { edgesFor, noNumber, type Step } from './steps.js';

/** An event, or an alert, of one of the correlation's rules. */
export interface Hit extends Happening, Step {}

/** Of more events than this few arrangements are made. */
const many = 16;

/**
 * The steps about the edges of a correlation in time: in a span of nothing, of just less, exactly and just
 * more than T; across a bin; in another group, without a key; the rules in order and against it.
 */
export function arrangementsOf(
  rule: CorrelationRule,
  starts: readonly number[],
): readonly (readonly Hit[])[] {
  const { timespan, groupBy } = rule;
  const half = Math.ceil(timespan / 2);
  const { near, beside } = edgesFor(rule);
  const aboutEnd = [timespan - 1, timespan, timespan + 1];
  const spans = [0, ...aboutEnd, half];
  const one = inOneComponent(groupBy.length);
  const edges = near.flatMap(({ steps }) => {
    if (steps.length > many) {
      return aboutEnd.flatMap((span) => {
        const hits = inTime(steps, span, starts[0]!);
        return [hits, ...[1, 'missing' as const].map((key) => changed(hits, { key }))];
      });
    }
    return starts.flatMap((start) =>
      spans.flatMap((span) => {
        const hits = inTime(steps, span, start);
        return [
          ...variants(hits, rule.bases.length),
          ...(span === 0 ? [] : keyed(hits, groupBy.length)),
          ...(span === timespan ? one.map((but) => changed(hits, { but })) : []),
        ];
      }),
    );
  });
  const others = beside.flatMap(({ steps }) => {
    const hits = inTime(steps, half, starts[0]!);
    const edges =
      steps.length > many ? [] : aboutEnd.map((span) => inTime(steps, span, starts[0]!));
    return [hits, against(hits), ...edges];
  });
  return [...edges, ...others];
}

/** The steps over a span, evenly. */
export function inTime(steps: readonly Step[], span: number, start: number): readonly Hit[] {
  const gap = span / Math.max(1, steps.length - 1);
  return steps.map((step, at) => ({ ...step, time: start + Math.round(at * gap), key: 0 }));
}

/** The same instants for other rules and other values. */
function variants(hits: readonly Hit[], bases: number): readonly (readonly Hit[])[] {
  const valued = (value: number) => hits.map(({ time, key, base }) => ({ time, key, base, value }));
  return [
    hits,
    against(hits),
    valued(0),
    valued(noNumber),
    ...(bases === 1
      ? []
      : [
          hits.map((hit) => ({ ...hit, base: bases - 1 - hit.base })),
          hits.map((hit, at) => ({ ...hit, base: Math.floor((at * bases) / hits.length) })),
        ]),
  ];
}

/** The last instant first. */
function against(hits: readonly Hit[]): readonly Hit[] {
  return hits.map((hit, at) => ({ ...hit, time: hits.at(-1 - at)!.time }));
}

/** The last event in another group, or in none. */
function keyed(hits: readonly Hit[], components: number): readonly (readonly Hit[])[] {
  if (hits.length < 2) return [];
  return [
    ...([1, 'missing', 'empty', 'several'] as const).map((key) => changed(hits, { key })),
    changed(hits, { but: allBut(components, 'cased') }),
    changed(hits, { base: 0 }),
  ];
}

function changed(hits: readonly Hit[], by: Partial<Hit>): readonly Hit[] {
  return hits.with(-1, { ...hits.at(-1)!, ...by });
}

/** Keys of which one component of several is another one, or missing. */
export function inOneComponent(components: number): readonly Readonly<Record<number, Key>>[] {
  if (components < 2) return [];
  return Array.from({ length: components }, (_, component) =>
    ([1, 'missing'] as const).map((key) => ({ [component]: key })),
  ).flat();
}
