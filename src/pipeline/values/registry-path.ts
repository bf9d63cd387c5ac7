import { isAnyRun, type Field, type Pattern, type StringAtom } from '../../ir/index.js';
import { anyOf } from '../connect.js';
import { fold, joinPatterns, literalOf, matches, splitPattern } from '../glob.js';
import { refused, textTest, type Carried, type Refused } from './carried.js';

/** Sysmon's name of the hive → the target's names. */
export type Hives = ReadonlyMap<string, readonly string[]>;

const controlSet = { sysmon: 'CurrentControlSet', stored: 'ControlSet001' };

/**
 * A registry path whose hive is spelled otherwise, and whose control set is the stored one. A part
 * of the pattern between two backslashes is either the whole name, and then translated, or must
 * treat both spellings alike.
 */
export function registryPath(atom: StringAtom, field: Field, hives: Hives): Carried {
  const parts = splitPattern(atom.pattern, '\\').map(translateControlSet);
  const unclear = parts.find(isRefused);
  if (unclear) return unclear;
  const starts = hiveNames(parts as readonly Pattern[], hives);
  if (isRefused(starts)) return starts;
  return anyOf(
    starts.map((each) => textTest(field, joinPatterns(each, '\\'), atom.cased, atom.origin)),
    atom.origin,
  );
}

function translateControlSet(part: Pattern): Pattern | Refused {
  const text = literalOf(part);
  if (text !== undefined && fold(text) === fold(controlSet.sysmon)) return [controlSet.stored];
  return alike(part, controlSet.sysmon, controlSet.stored)
    ? part
    : refused(`${controlSet.sysmon} is ${controlSet.stored} there`);
}

/** The patterns that the spellings of the hive give; several where one hive has several names. */
function hiveNames(
  parts: readonly Pattern[],
  hives: Hives,
): readonly (readonly Pattern[])[] | Refused {
  const [first, ...rest] = parts;
  if (!first || parts.length === 1) return hiveAlike(first ?? [], hives) ?? [parts];
  const hive = literalOf(first);
  if (hive !== undefined) return (hives.get(fold(hive)) ?? [hive]).map((name) => [[name], ...rest]);
  const tail = literalOf(first.slice(1));
  const names = isAnyRun(first[0]) && tail ? hives.get(fold(tail)) : undefined;
  if (names) return [...names.map((name) => [[name], ...rest]), parts];
  return hiveAlike(first, hives) ?? [parts];
}

function hiveAlike(part: Pattern, hives: Hives): Refused | undefined {
  for (const [sysmon, names] of hives) {
    if (!names.every((name) => alike(part, sysmon, name))) {
      return refused(`the hive ${sysmon.toUpperCase()} is ${names.join(' or ')} there`);
    }
  }
  return undefined;
}

function alike(part: Pattern, one: string, other: string): boolean {
  return matches(part, one) === matches(part, other);
}

function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'reason' in value;
}
