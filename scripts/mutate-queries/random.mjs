/** A source of numbers that a seed repeats: a linear generator of 48 bits, of which the upper 32 are used. */
export function randomOf(seed) {
  let state = (BigInt(seed) ^ 0x5deece66dn) & 0xffffffffffffn;
  const below = (bound) => {
    state = (state * 0x5deece66dn + 11n) & 0xffffffffffffn;
    return Number(((state >> 16n) * BigInt(bound)) >> 32n);
  };
  return {
    below,
    pick: (list) => list[below(list.length)],
    chance: (percent) => below(100) < percent,
  };
}
