import { diagnostic } from '../../../diagnostics/index.js';
import { compareAutomatically } from '../automatic-order.js';
import { sortLimit } from '../choices.js';
import type { Command, Transform } from '../command.js';
import { booleanOption, countOption, options } from '../option.js';
import {
  commandEnds,
  expect,
  skipCommas,
  skipSpace,
  take,
  takeKeyword,
  takeMatch,
  unexpected,
  word,
  type Parsed,
  type Scanner,
  type Word,
} from '../scanner.js';
import {
  compareText,
  keyOf,
  numberOf,
  textOf,
  valuesOf,
  type Fields,
  type Scalar,
} from '../value.js';

type Order = (left: Fields, right: Fields) => number;
type Kind = 'auto' | 'num' | 'str' | 'ip';

/** The keys of sort and of dedup's sortby. */
function parseKeys(scanner: Scanner): Parsed<Order> {
  const keys: ((sign: 1 | -1) => Order)[] = [];
  do {
    const descending = take(scanner, '-');
    if (!descending) take(scanner, '+');
    skipSpace(scanner);
    const kind = takeMatch(scanner, /(?:auto|num|str|ip)(?=\()/iy)?.toLowerCase() as
      Kind | undefined;
    if (kind && !expect(scanner, '(')) return null;
    const field = word(scanner, 'a field');
    if (!field || (kind && !expect(scanner, ')'))) return null;
    keys.push((sign) =>
      keyOrder(field.text, kind ?? 'auto', descending ? (-sign as 1 | -1) : sign),
    );
  } while (take(scanner, ',') || !(commandEnds(scanner) || atDescending(scanner)));
  const sign = takeKeyword(scanner, 'D', 'DESC') ? -1 : 1;
  const orders = keys.map((key) => key(sign));
  return (left, right) => {
    for (const order of orders) {
      const difference = order(left, right);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}

function atDescending(scanner: Scanner): boolean {
  const start = scanner.at;
  const found = takeKeyword(scanner, 'D', 'DESC') !== undefined && commandEnds(scanner);
  scanner.at = start;
  return found;
}

/** Rows without a value that the kind can read come last, in both directions. */
function keyOrder(field: string, kind: Kind, sign: 1 | -1): Order {
  const valueOf = (row: Fields) => {
    const value = valuesOf(row.get(field))[0];
    return kind === 'num' && numberOf(value) === undefined ? undefined : value;
  };
  const compare = kind === 'str' ? asTexts : compareAutomatically;
  return (left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (a === undefined || b === undefined)
      return Number(a === undefined) - Number(b === undefined);
    return sign * compare(a, b);
  };
}

function asTexts(left: Scalar, right: Scalar): number {
  return compareText(textOf(left), textOf(right));
}

/** Ties keep their order. Without a number at most 10,000 rows are kept; 0 keeps all. */
export const sort: Command = {
  parse: (scanner) => {
    const start = scanner.at;
    const limit = takeMatch(scanner, /\s*(?:limit\s*=\s*)?\d+(?=[\s,+-])/iy)?.replace(/\D/g, '');
    const span = scanner.span(start, scanner.at);
    const most = limit === undefined ? sortLimit : Number(limit) || Infinity;
    const order = parseKeys(scanner);
    if (!order) return null;
    return ({ rows, columns }, { report }) => {
      const sorted = [...rows].sort(order);
      if (limit === undefined && sorted.length > most) {
        const counts = { command: 'sort', kept: most, found: sorted.length };
        const help = 'write sort 0 to keep all rows';
        report(diagnostic('spl/truncated', span, counts, { help }));
      }
      return { rows: sorted.slice(0, most), columns };
    };
  },
};

/** Keeps the first rows of each combination of values; a row that misses a field is dropped. */
export const dedup: Command = {
  parse: (scanner) => {
    const limit = Number(takeMatch(scanner, /\s*\d+(?![^\s|\]])/y) ?? 1);
    const names: string[] = [];
    let sortBy: Parsed<Order> = null;
    const flags = new Map<string, Word>();
    while (!commandEnds(scanner)) {
      const found = options(scanner, 'dedup', ['keepempty', 'consecutive']);
      if (!found) return null;
      for (const [name, value] of found) flags.set(name, value);
      if (commandEnds(scanner)) break;
      if (takeKeyword(scanner, 'SORTBY')) {
        sortBy = parseKeys(scanner);
        if (!sortBy) return null;
        break;
      }
      const name = word(scanner, 'a field');
      if (!name) return null;
      names.push(name.text);
      skipCommas(scanner);
    }
    if (names.length === 0 || limit === 0) return unexpected(scanner, 'a field');
    const keepEmpty = booleanOption(scanner, flags, 'keepempty', false);
    const consecutive = booleanOption(scanner, flags, 'consecutive', false);
    if (keepEmpty === null || consecutive === null) return null;
    return deduplicate(names, limit, keepEmpty, consecutive, sortBy);
  },
};

function deduplicate(
  names: readonly string[],
  limit: number,
  keepEmpty: boolean,
  consecutive: boolean,
  order: Order | null,
): Transform {
  return ({ rows, columns }) => {
    const seen = new Map<string, number>();
    let last: string | undefined;
    const kept = rows.filter((row) => {
      const lists = names.map((name) => valuesOf(row.get(name)));
      if (lists.some((list) => list.length === 0)) return keepEmpty;
      const key = keyOf(lists.flatMap((list) => [list.length, ...list]));
      if (consecutive && key !== last) seen.clear();
      last = key;
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return count <= limit;
    });
    return { rows: order ? kept.sort(order) : kept, columns };
  };
}

/** head and tail: the first or last rows, 10 unless told; tail turns their order round. */
function end(
  command: string,
  known: readonly string[],
  take: (rows: readonly Fields[], count: number) => readonly Fields[],
): Command {
  return {
    parse: (scanner) => {
      const bare = takeMatch(scanner, /\s*\d+(?![^\s|\]])/y)?.trim();
      const found = options(scanner, command, known);
      const count = found && countOption(scanner, found, 'limit', Number(bare ?? 10));
      if (count === null) return null;
      return ({ rows, columns }) => ({ rows: take(rows, count), columns });
    },
  };
}

export const head = end('head', ['limit'], (rows, count) => rows.slice(0, count));
export const tail = end('tail', [], (rows, count) => rows.toReversed().slice(0, count));

export const reverse: Command = {
  parse:
    () =>
    ({ rows, columns }) => ({ rows: rows.toReversed(), columns }),
};
