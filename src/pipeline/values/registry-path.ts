import { isAnyRun, type Field, type Pattern, type StringAtom } from '../../ir/index.js';
import { anyOf } from '../connect.js';
import { fold, joinPatterns, literalOf, matches, splitPattern } from '../glob.js';
import type { Writing } from '../model/index.js';
import { refused, textTest, type Carried, type Refused } from './carried.js';

/** Sysmon's name of the hive → the target's names. */
type Hives = ReadonlyMap<string, readonly string[]>;

const current = 'CurrentControlSet';

/**
 * A registry path whose hive is spelled otherwise, and whose control set is the stored one. A part
 * of the pattern between two backslashes is either the whole name, and then translated, or must
 * treat both spellings alike.
 *
 * @param isCut whether key and value stand in two columns, of which the latter may be empty
 */
export function registryPath(
  atom: StringAtom,
  field: Field,
  { hives, controlSets }: Writing & { kind: 'registry-path' },
  isCut: boolean,
): Carried {
  const parts = splitPattern(atom.pattern, '\\');
  const isUnclear = (part: Pattern, stored: string): boolean =>
    !isCurrent(part) && !alike(part, current, stored);
  const unclear = controlSets.find((stored) => parts.some((part) => isUnclear(part, stored)));
  if (unclear !== undefined) return refused(`${current} is ${unclear} there`);
  const starts = hiveNames(parts, hives);
  if (isRefused(starts)) return starts;
  const paths = starts.flatMap((each) =>
    each.some(isCurrent)
      ? controlSets.map((stored) => each.map((part) => (isCurrent(part) ? [stored] : part)))
      : [each],
  );
  const named = isCut ? paths.flatMap(withUnnamed) : paths;
  return anyOf(
    named.map((each) => textTest(field, joinPatterns(each, '\\'), atom.cased, atom.origin)),
    atom.origin,
  );
}

/** A path to the value without a name, as Sysmon writes it and with no name at all. */
function withUnnamed(path: readonly Pattern[]): readonly (readonly Pattern[])[] {
  const last = path.at(-1)!;
  const text = literalOf(isAnyRun(last.at(-1)) ? last.slice(0, -1) : last);
  const isUnnamed = path.length > 1 && text !== undefined && fold(text) === '(default)';
  return isUnnamed ? [path, [...path.slice(0, -1), []]] : [path];
}

/** Whether a part of the path is the current control set and nothing else. */
function isCurrent(part: Pattern): boolean {
  const text = literalOf(part);
  return text !== undefined && fold(text) === fold(current);
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
