import { diagnostic } from '../../../diagnostics/index.js';
import {
  parseAggregate,
  parseBy,
  readRow,
  startGroup,
  type Aggregate,
  type Group,
  type Reading,
} from '../aggregate.js';
import { insideTimeWindow, maximumListed, maximumStreamWindow } from '../choices.js';
import type { Command, Context, Results } from '../command.js';
import type { Condition } from '../compiled.js';
import { parseCondition } from '../expression.js';
import { groups, wholeTuple } from '../grouping.js';
import { booleanOption, countOption, optionName, unknownOption, wrongValue } from '../option.js';
import {
  commandEnds,
  peek,
  scannerWithin,
  take,
  takeKeyword,
  unexpected,
  word,
  type Parsed,
  type Scanner,
  type Word,
} from '../scanner.js';
import { parseTimeSpan } from '../time.js';
import { keyOf, numberOf, type Fields } from '../value.js';

interface Options {
  readonly current: boolean;
  /** How many rows, 0 for all. */
  readonly window: number;
  readonly isGlobal: boolean;
  /** Milliseconds. */
  readonly timeWindow: number | undefined;
  readonly resetOnChange: boolean;
  readonly resetBefore: Condition | undefined;
  readonly resetAfter: Condition | undefined;
}

/** Every row gets the aggregates over the rows of its group so far, or over a window of them. */
export const streamstats: Command = {
  parse: (scanner) => {
    const start = scanner.at;
    const words = new Map<string, Word>();
    const resets = new Map<string, Condition>();
    const aggregates: Aggregate[] = [];
    let by: Parsed<readonly string[]> = [];
    while (!commandEnds(scanner)) {
      const place = scanner.at;
      const option = optionName(scanner);
      if (option === 'reset_before' || option === 'reset_after') {
        const condition = parseReset(scanner);
        if (!condition) return null;
        resets.set(option, condition);
      } else if (option !== undefined) {
        if (!known.includes(option)) return unknownOption(scanner, 'streamstats', option, place);
        const value = word(scanner, `a value of ${option}`);
        if (!value) return null;
        words.set(option, value);
      } else if (takeKeyword(scanner, 'BY')) {
        scanner.at = place;
        by = parseBy(scanner);
        if (!by) return null;
      } else {
        const aggregate = parseAggregate(scanner);
        if (!aggregate) return null;
        aggregates.push(aggregate);
      }
      take(scanner, ',');
    }
    if (aggregates.length === 0) return unexpected(scanner, 'an aggregate function');
    const options = readOptions(scanner, words, resets);
    if (!options) return null;
    const span = scanner.span(start, scanner.at);
    const groupBy = by;
    return (results, context) => {
      if (options.timeWindow !== undefined && !checkTimes(results, span, context)) {
        return { rows: [], columns: results.columns };
      }
      if (stream(results.rows, aggregates, groupBy, options)) return results;
      const most = `${maximumListed} values`;
      context.report(diagnostic('spl/too-many-rows', span, { most }));
      return { rows: [], columns: results.columns };
    };
  },
};

const known = ['current', 'window', 'global', 'time_window', 'reset_on_change'];

function readOptions(
  scanner: Scanner,
  words: ReadonlyMap<string, Word>,
  resets: ReadonlyMap<string, Condition>,
): Parsed<Options> {
  const current = booleanOption(scanner, words, 'current', true);
  const isGlobal = booleanOption(scanner, words, 'global', true);
  const resetOnChange = booleanOption(scanner, words, 'reset_on_change', false);
  const window = countOption(scanner, words, 'window', 0, maximumStreamWindow);
  if (current === null || isGlobal === null) return null;
  if (resetOnChange === null || window === null) return null;
  const length = words.get('time_window');
  const span = length && parseTimeSpan(length.text);
  if (length && !(span && 'milliseconds' in span)) {
    return wrongValue(scanner, 'time_window', 'a length of time such as 300s', length);
  }
  if (length) {
    const what = 'whether time_window includes a row that lies exactly its length away';
    const help = 'use window and compare _time';
    scanner.report(diagnostic('spl/unverified', length.span, { what }, { help }));
  }
  return {
    current,
    window,
    isGlobal,
    timeWindow: span && 'milliseconds' in span ? span.milliseconds : undefined,
    resetOnChange,
    resetBefore: resets.get('reset_before'),
    resetAfter: resets.get('reset_after'),
  };
}

/** `"("` expression `")"`, where the quotes of the expression are escaped; or `"(expression)"`. */
function parseReset(scanner: Scanner): Parsed<Condition> {
  const expected = '"("condition")"';
  if (peek(scanner) !== '"') return unexpected(scanner, expected);
  const written = /"\("((?:[^"\\]|\\[^])*?)"\)"|"\(((?:[^"\\]|\\[^])*)\)"/y;
  written.lastIndex = scanner.at;
  const found = written.exec(scanner.text);
  if (!found) return unexpected(scanner, expected);
  const span = scanner.span(scanner.at, scanner.at + found[0].length);
  const text = (found[1] ?? found[2] ?? '').replace(/\\(["\\|])/g, '$1');
  const inner = scannerWithin(scanner, text, span);
  const condition = parseCondition(inner);
  if (!condition) return null;
  if (peek(inner) !== '') return unexpected(inner, 'the end of the condition');
  scanner.at += found[0].length;
  return condition;
}

/** time_window needs rows with times that go one way. */
function checkTimes(
  { rows }: Results,
  span: ReturnType<Scanner['span']>,
  { report }: Context,
): boolean {
  const times = rows.map((row) => numberOf(row.get('_time')) ?? NaN);
  const goes = (inOrder: (a: number, b: number) => boolean) =>
    times.every((time, at) => !Number.isNaN(time) && (at === 0 || inOrder(times[at - 1]!, time)));
  if (goes((a, b) => a <= b) || goes((a, b) => a >= b)) return true;
  report(diagnostic('spl/unsorted', span, {}, { help: 'write sort 0 _time before it' }));
  return false;
}

interface Entry {
  readonly group: Group;
  readonly reading: Reading;
}

/** The rows in a window, the oldest first. */
function queue() {
  let entries: Entry[] = [];
  let from = 0;
  return {
    push: (entry: Entry) => entries.push(entry),
    size: () => entries.length - from,
    oldest: () => entries[from],
    dropOldest: () => {
      const { group, reading } = entries[from++]!;
      group.remove(reading);
      if (from > 1_024 && from * 2 > entries.length) {
        entries = entries.slice(from);
        from = 0;
      }
    },
  };
}

/** Whether there was room for all the lists that the rows got. */
function stream(
  rows: readonly Fields[],
  aggregates: readonly Aggregate[],
  by: readonly string[],
  options: Options,
): boolean {
  const { current, window, timeWindow } = options;
  const isBounded = window > 0 || timeWindow !== undefined;
  const most = window > 0 ? window : maximumStreamWindow;
  const sharesWindow = options.isGlobal && window > 0 && timeWindow === undefined;
  let shared = queue();
  let lastKey: string | undefined;
  const found = groups(() => ({ group: startGroup(aggregates), own: queue() }));
  const reset = () => {
    found.clear();
    shared = queue();
  };

  let listed = 0;
  for (const row of rows) {
    const tuple = wholeTuple(row, by);
    if (!tuple) continue;
    const key = keyOf(tuple);
    if (options.resetOnChange && lastKey !== undefined && key !== lastKey) reset();
    lastKey = key;
    if (options.resetBefore?.(row) === true) reset();
    // The condition of reset_after reads the row as it came.
    const resetsAfter = options.resetAfter?.(row) === true;
    const { group, own } = found.of(tuple);
    const entries = sharesWindow ? shared : own;
    const reading = readRow(aggregates, row);
    const enter = () => {
      group.add(reading);
      if (isBounded) entries.push({ group, reading });
    };
    if (current) enter();
    if (isBounded) {
      while (entries.size() > most) entries.dropOldest();
      if (timeWindow !== undefined) leaveBehind(entries, reading.time!, timeWindow);
    }
    group.write(row);
    for (const { name } of aggregates) {
      const value = row.get(name);
      if (typeof value === 'object') listed += value.length;
    }
    if (listed > maximumListed) return false;
    if (!current) enter();
    if (resetsAfter) reset();
  }
  return true;
}

function leaveBehind(entries: ReturnType<typeof queue>, time: number, length: number): void {
  const distance = ({ reading }: Entry) =>
    Math.abs(Math.round(time * 1000) - Math.round(reading.time! * 1000));
  for (;;) {
    const oldest = entries.oldest();
    if (!oldest || insideTimeWindow(distance(oldest), length)) return;
    entries.dropOldest();
  }
}
