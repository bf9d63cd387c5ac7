/** The different things there are, each as often as it was added. */
export interface Tally<Thing> {
  readonly add: (thing: Thing) => void;
  readonly remove: (thing: Thing) => void;
  readonly has: (thing: Thing) => boolean;
  /** How many different things there are. */
  readonly size: () => number;
}

export function tally<Thing>(): Tally<Thing> {
  const times = new Map<Thing, number>();
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
