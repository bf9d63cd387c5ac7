import { compareScalars, type Scalar } from './scalar.js';

const versionText = /^(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Orders versions by their numbers, a pre-release before its release, and what is no version last. */
export function compareVersions(left: Scalar, right: Scalar): number {
  const a = versionText.exec(String(left));
  const b = versionText.exec(String(right));
  if (!a || !b) return a ? -1 : b ? 1 : compareScalars(left, right);
  const numbers = compareParts(a[1]!, b[1]!);
  if (numbers !== 0) return numbers;
  if (a[2] === undefined || b[2] === undefined) {
    return Number(a[2] === undefined) - Number(b[2] === undefined);
  }
  return compareParts(a[2], b[2]);
}

/** Orders dotted parts: numbers by value and before words, fewer before more. */
function compareParts(left: string, right: string): number {
  const a = left.split('.');
  const b = right.split('.');
  for (const [at, part] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    const [number, otherNumber] = [part, other].map((each) =>
      /^\d+$/.test(each) ? Number(each) : undefined,
    );
    const difference =
      number !== undefined && otherNumber !== undefined
        ? number - otherNumber
        : number !== undefined || otherNumber !== undefined
          ? Number(number === undefined) - Number(otherNumber === undefined)
          : compareScalars(part, other);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
