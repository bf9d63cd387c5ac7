import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordsOf, run } from './run.js';

const stream = fc.array(
  fc.record({ g: fc.constantFrom('a', 'b'), v: fc.integer({ min: -3, max: 3 }) }),
  { maxLength: 30 },
);
const size = fc.integer({ min: 1, max: 5 });

interface Item {
  readonly g: string;
  readonly v: number;
}

/** What each row's window holds, counted afresh for every row. */
function windowsOf(
  items: readonly Item[],
  { window, isGlobal, current }: { window: number; isGlobal: boolean; current: boolean },
): readonly (readonly number[])[] {
  return items.map(({ g }, at) => {
    const seen = items.slice(0, current ? at + 1 : at);
    const own = (item: Item) => item.g === g;
    const inside = isGlobal ? seen.slice(-window).filter(own) : seen.filter(own).slice(-window);
    return inside.map(({ v }) => v);
  });
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return (sorted[low]! + sorted[high]!) / 2;
};

test('the aggregates of a window are those of the rows in it', () => {
  fc.assert(
    fc.property(stream, size, fc.boolean(), fc.boolean(), (items, window, isGlobal, current) => {
      const options = `window=${window} global=${isGlobal ? 't' : 'f'} current=${current ? 't' : 'f'}`;
      const aggregates =
        'count sum(v) as s min(v) as a max(v) as b dc(v) as d first(v) as f last(v) as l median(v) as m';
      const given = recordsOf(
        run(
          `* | streamstats ${options} ${aggregates} by g`,
          items.map((item) => ({ ...item })),
        ),
      );
      const wanted = windowsOf(items, { window, isGlobal, current }).map((values) => {
        const isEmpty = values.length === 0;
        return [
          values.length,
          isEmpty ? null : values.reduce((a, b) => a + b),
          isEmpty ? null : Math.min(...values),
          isEmpty ? null : Math.max(...values),
          new Set(values).size,
          isEmpty ? null : String(values[0]),
          isEmpty ? null : String(values.at(-1)),
          isEmpty ? null : median(values),
        ];
      });
      const columns = ['count', 's', 'a', 'b', 'd', 'f', 'l', 'm'];
      expect(given.map((row) => columns.map((name) => row.get(name) ?? null))).toEqual(wanted);
    }),
  );
});
