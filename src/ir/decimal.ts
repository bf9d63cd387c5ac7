/** Bounds the digits that an exponent may stand for. */
const maxExponent = 400;

/**
 * The canonical decimal text of a number: no plus, no exponent, no leading or trailing zeros
 * (`-3`, `4625`, `1.5`). Takes `[+-]digits[.digits][e[+-]digits]`; anything else is undefined.
 */
export function canonicalDecimal(text: string): string | undefined {
  const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  if (whole + fraction === '' || Math.abs(shift) > maxExponent) return undefined;
  const point = whole.length + shift;
  const digits = (whole + fraction).padStart(
    whole.length + fraction.length - Math.min(point, 0),
    '0',
  );
  const at = Math.max(point, 0);
  const integer = digits.slice(0, at).padEnd(at, '0').replace(/^0+/, '') || '0';
  const rest = digits.slice(at).replace(/0+$/, '');
  const magnitude = rest ? `${integer}.${rest}` : integer;
  return sign === '-' && magnitude !== '0' ? `-${magnitude}` : magnitude;
}

/** The order of two canonical decimal texts: negative, zero or positive. */
export function compareDecimals(left: string, right: string): number {
  const negative = left.startsWith('-');
  if (negative !== right.startsWith('-')) return negative ? -1 : 1;
  return negative
    ? compareMagnitudes(right.slice(1), left.slice(1))
    : compareMagnitudes(left, right);
}

function compareMagnitudes(left: string, right: string): number {
  const [leftWhole = '', leftFraction = ''] = left.split('.');
  const [rightWhole = '', rightFraction = ''] = right.split('.');
  if (leftWhole.length !== rightWhole.length) return leftWhole.length - rightWhole.length;
  if (leftWhole !== rightWhole) return leftWhole < rightWhole ? -1 : 1;
  if (leftFraction === rightFraction) return 0;
  return leftFraction < rightFraction ? -1 : 1;
}
