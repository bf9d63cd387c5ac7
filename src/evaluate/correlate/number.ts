/** The middle value, or the mean of the two in the middle. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** The smallest value that at least `percentile` per cent of the values do not exceed. */
export function nearestRank(sorted: readonly number[], percentile: number): number {
  const { units, scale } = decimalOf(percentile);
  const hundred = 10n ** BigInt(scale + 2);
  const rank = Number((units * BigInt(sorted.length) + hundred - 1n) / hundred);
  return sorted[rank - 1]!;
}

/** A decimal fraction: `units` × 10^−`scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** A sum of decimals without rounding, so that a term can be taken out again by adding its opposite. */
export interface ExactSum {
  readonly add: (term: number) => void;
  /** The nearest double. */
  readonly value: () => number;
}

export function exactSum(): ExactSum {
  let sum: Decimal = { units: 0n, scale: 0 };
  return {
    add: (term) => {
      sum = plus(sum, decimalOf(term));
    },
    value: () => Number(`${sum.units}e${-sum.scale}`),
  };
}

function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale };
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

/** The shortest decimal that reads as this double. */
function decimalOf(number: number): Decimal {
  if (Number.isSafeInteger(number)) return { units: BigInt(number), scale: 0 };
  const [mantissa, exponent] = String(number).split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  return { units: BigInt(whole! + fraction), scale: fraction.length - Number(exponent ?? 0) };
}
