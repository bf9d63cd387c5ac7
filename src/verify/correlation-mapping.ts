import type { Row } from '../dialects/index.js';
import { canonicalReader, correlate, type Alert } from '../evaluate/index.js';
import type { CorrelationRule } from '../ir/index.js';
import type { Claim, Interpreter, VerifyOptions } from './claim.js';
import { verifyMapping, type MappingVerdict } from './detection.js';
import { sidesOf, type Side } from './event-sides.js';
import { probed, withAbsent } from './expressions.js';
import { formsFor } from './key-forms.js';
import type { Language } from './language.js';
import { inScope, keyFieldsOf, marked, tableField, withLeaves, type Made } from './leaves.js';
import { withoutKeys } from './key-subsets.js';
import { fewest } from './shrink.js';
import { without } from './solve.js';
import { rowsOf, type Source } from './stream-rows.js';
import type { Stream } from './beat.js';
import { inClasses, streamsFor } from './streams.js';

/** An event and its row, each with the mark of where it lies. */
interface Pair {
  readonly event: Row;
  readonly row: Row;
}

/** The rows' side, as the rendering statement looks at it. */
interface Rows {
  readonly sources: readonly Source[];
  readonly language: Language;
  readonly run: Interpreter;
}

/**
 * The mapping of a correlation: that of its detections, and then what it reports over events in the
 * rule's fields beside what the transformed one reports over their rows. The key of a row stands for
 * the key of the event that it was made of, so that keys have to meet, part and be missing alike.
 */
export function correlationMapping(
  claim: Claim,
  made: Made<CorrelationRule>,
  classes: readonly string[],
  rows: Rows,
  options: VerifyOptions,
): MappingVerdict {
  const sides = sidesOf(claim, made.meaning, rows.sources, classes, options);
  const verdicts = sides.map(({ before, after }) =>
    verifyMapping(claim, { meaning: before.leaf, mapped: after.leaf }, classes, options),
  );
  const wrong = verdicts.find(({ mapping }) => mapping === 'diverges');
  if (wrong) return wrong;
  const isWhole = verdicts.every(({ mapping }) => mapping === 'equal');
  const forms = isWhole ? formsFor(sides) : undefined;
  if (!forms) return { mapping: 'unchecked' };

  const before = sides.map((side) => side.before);
  const compare = comparison(made, sides, rows.language, options.now);
  const judge = (streams: readonly Stream[]) => {
    const pairs = streams.map((stream) =>
      rowsOf(stream, before, classes, untyped, forms).flatMap(({ row: event, table }) => {
        const side = sides.find((each) => each.before.table === table)!;
        const row = side.toRow(event);
        return row ? [{ event: { ...event, [tableField]: table.name }, row, side }] : [];
      }),
    );
    return withProbes(pairs, rows).map((stream) =>
      stream.filter((pair) => sides.every((side) => agrees(pair, side))),
    );
  };
  const streams = streamsFor(made.meaning, classes, options);
  const judged = judge(streams);
  const alerting = streams[judged.findIndex((each) => compare(each).expected.length > 0)];
  const keyless = alerting ? withoutKeys(alerting, made.meaning.groupBy.length) : [];
  const wrongStream = [...judged, ...judge(keyless.map((each) => inClasses(each, classes)))].find(
    (stream) => !compare(stream).isSame,
  );
  if (!wrongStream) return { mapping: alerting ? 'equal' : 'unchecked' };
  const few = fewest(wrongStream, (trial) => !compare(trial).isSame);
  const { expected, found } = compare(few);
  const events = few.flatMap(({ event, row }) => [
    without(event, tableField),
    without(row, tableField),
  ]);
  return { mapping: 'diverges', counterexample: { statement: 'mapping', events, expected, found } };
}

const untyped = { types: undefined, lists: true };

/** The rows with the values of expressions and the mark of their table. */
function withProbes(
  streams: readonly (readonly (Pair & { readonly side: Side })[])[],
  { sources, language, run }: Rows,
): readonly (readonly Pair[])[] {
  const whole = new Map<Row, Row>();
  const keys = sources.flatMap(({ leaf }) => leaf.keys);
  for (const table of new Set(sources.map((source) => source.table))) {
    const expressions = sources.flatMap((each) => (each.table === table ? each.expressions : []));
    const own = streams.flat().filter(({ side }) => side.after.table === table);
    const rows = own.map(({ row }) => row);
    for (const [at, row] of probed(rows, [...new Set(expressions)], table, language, run).entries())
      whole.set(rows[at]!, { ...withAbsent(row, keys), [tableField]: table.name });
  }
  return streams.map((stream) => stream.map(({ event, row }) => ({ event, row: whole.get(row)! })));
}

/** Whether the detection says the same of the event and of its row, and knows neither from elsewhere. */
function agrees({ event, row }: Pair, { before, after }: Side): boolean {
  const isOwn = event[tableField] === before.table.name;
  return (isOwn && before.matches(event)) === after.matches(row);
}

interface Report {
  readonly expected: readonly Alert[];
  readonly found: readonly Alert[];
  readonly isSame: boolean;
}

/** Asks the correlation and the transformed one for their alerts, the latter's in the former's keys. */
function comparison(
  { meaning, mapped }: Made<CorrelationRule>,
  sides: readonly Side[],
  { tables }: Language,
  now: number,
): (pairs: readonly Pair[]) => Report {
  let leaf = 0;
  const own = withLeaves({ ...meaning, output: [] }, (base, rule) => {
    const { name } = sides[leaf++]!.before.table;
    return { ...base, rule: { ...rule, predicate: marked(rule.predicate, name) } };
  });
  const scoped = inScope({ ...mapped, output: [] }, tables);
  const timeFields = new Map(sides.map(({ after: { table } }) => [table.name, table.timeField]));
  const readers = meaning.groupBy.map((_, at) => wordsOf(own, scoped, at, sides));
  return (pairs) => {
    const events = pairs.map(({ event }) => ({ event, time: timeIn(event, '@timestamp') }));
    const rows = pairs.map(({ row }) => ({
      event: row,
      time: timeIn(row, timeFields.get(row[tableField] as string)!),
    }));
    const known = readers.map((read) => read(pairs));
    const expected = correlate(own, events, { now });
    const found = correlate(scoped, rows, { now }).map((alert) => ({
      ...alert,
      key: alert.key.map((word, at) => (word === null ? null : (known[at]!.get(word) ?? '?'))),
    }));
    return { expected, found, isSame: textOf(expected) === textOf(found) };
  };
}

function timeIn(row: Row, field: string): number {
  return Date.parse(row[field] as string);
}

function textOf(alerts: readonly Alert[]): string {
  return JSON.stringify(alerts.map((alert) => JSON.stringify(alert)).sort());
}

/** Reads what each word in a component of the rows' keys stands for; several words in one are joined. */
function wordsOf(
  meaning: CorrelationRule,
  mapped: CorrelationRule,
  component: number,
  sides: readonly Side[],
): (pairs: readonly Pair[]) => ReadonlyMap<string, string> {
  const before = keyFieldsOf(meaning, component).map(canonicalReader);
  const after = keyFieldsOf(mapped, component).map(canonicalReader);
  return (pairs) => {
    const words = new Map<string, Set<string>>();
    for (const { event, row } of pairs) {
      for (const [at, side] of sides.entries()) {
        const word = after[at]!({ event: row, time: 0 });
        if (word === undefined || !side.after.matches(row)) continue;
        const own = before[at]!({ event, time: 0 }) ?? '';
        words.set(word, (words.get(word) ?? new Set()).add(own));
      }
    }
    return new Map([...words].map(([word, own]) => [word, [...own].join(' | ')]));
  };
}
