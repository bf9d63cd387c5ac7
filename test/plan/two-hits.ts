import type { NeutralRule } from '../correlate/vectors.js';

/** Two hits of two rules, which one event may be hits of both, within five units of time. */
export const twoHits: NeutralRule = {
  type: 'event_count',
  rules: ['a', 'b'].map((name) => ({
    name,
    match: { field: 'is', in: ['a', 'b', 'ab'].filter((mark) => mark.includes(name)) },
  })),
  groupBy: ['user'],
  timespanMs: 5,
  window: 'sliding',
  onMissingKey: 'drop',
  condition: { gte: 2 },
};
