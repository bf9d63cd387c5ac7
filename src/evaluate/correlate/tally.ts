/** The different things there are, each as often as it was added. */
export interface Tally {
  readonly add: (thing: unknown) => void;
  readonly remove: (thing: unknown) => void;
  readonly has: (thing: unknown) => boolean;
  /** How many different things there are. */
  readonly size: () => number;
}

export function tally(): Tally {
  const times = new Map<unknown, number>();
  return {
    add: (thing) => times.set(thing, (times.get(thing) ?? 0) + 1),
    remove: (thing) => {
      const left = times.get(thing)! - 1;
      if (left === 0) times.delete(thing);
      else times.set(thing, left);
    },
    has: (thing) => times.has(thing),
    size: () => times.size,
  };
}
