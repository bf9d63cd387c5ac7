import { diagnostic, didYouMean } from '../../diagnostics/index.js';
import { validate } from '../../bundled/isosigma-schema.js';
import type { Header, IsosigmaKey, Json, OutputColumn, Text, TimeRange } from '../ast.js';
import { checkSchema } from '../yaml/schema.js';
import type { Yaml } from '../yaml/tree.js';
import { milliseconds } from './duration.js';
import type { Report } from './read.js';

const aggregates = ['count', 'set', 'distinct', 'min', 'max'] as const;

/** What the schema lets through. */
interface Written {
  readonly window?: 'sliding' | 'tumbling' | 'total';
  readonly 'on-missing-key'?: 'drop' | 'group';
  readonly range?: WrittenRange;
  readonly output?: readonly WrittenColumn[];
  readonly sort?: readonly string[];
  readonly ads?: Json;
}

type WrittenRange =
  | { readonly from: string | number; readonly to: string | number }
  | { readonly last: string }
  | { readonly offset: number }
  | { readonly containing: string };

type WrittenColumn = { readonly name: string; readonly agg?: OutputColumn['aggregate'] } & {
  readonly field?: string;
} & { readonly [K in OutputColumn['aggregate']]?: null };

/** The `isosigma:` key, checked against its schema. */
export function readIsosigmaKey(node: Yaml, report: Report): IsosigmaKey | undefined {
  const checked = checkSchema(validate, node, (span, reason, extra) =>
    diagnostic('rule/isosigma-key', span, { reason }, extra),
  );
  if (!checked.ok) {
    checked.diagnostics.forEach(report);
    return undefined;
  }
  const written = checked.value as Written;
  const entries = node.kind === 'map' ? node.entries : [];
  const places = new Map(entries.map(({ key }) => [key.value, key.span]));
  const complainOf =
    (key: string): Complain =>
    (reason) =>
      report(diagnostic('rule/isosigma-key', places.get(key), { reason }));
  const range = written.range && readRange(written.range, complainOf('range'));
  const output = written.output?.map(column);
  checkColumns(output ?? [], complainOf('output'));
  return {
    ...(written.window && { window: written.window }),
    ...(written['on-missing-key'] && { onMissingKey: written['on-missing-key'] }),
    ...(range && { range }),
    ...(output && { output }),
    ...(written.sort && { sort: written.sort }),
    ...(written.ads !== undefined && { ads: written.ads }),
    places,
    span: node.span,
  };
}

type Complain = (reason: string) => void;

function readRange(written: WrittenRange, complain: Complain): TimeRange | undefined {
  if ('offset' in written) return { kind: 'month-offset', offset: written.offset };
  if ('last' in written) {
    const length = milliseconds(written.last);
    if (length !== undefined) return { kind: 'last', length };
    complain(`'${written.last}' is longer ago than a hundred years`);
    return undefined;
  }
  if ('containing' in written) {
    const before = written.containing === 'now' ? 0 : milliseconds(written.containing.slice(4));
    if (before !== undefined) return { kind: 'month-containing', before };
    complain(`'${written.containing}' is longer ago than a hundred years`);
    return undefined;
  }
  const [from, to] = [written.from, written.to].map(epochMilliseconds) as [number, number];
  const missing = Number.isNaN(from) ? written.from : Number.isNaN(to) ? written.to : undefined;
  if (missing !== undefined) complain(`there is no time '${missing}'`);
  else if (from < to) return { kind: 'absolute', from, to };
  else complain("the time 'to' must be after the time 'from'");
  return undefined;
}

/** Of a text that the schema's pattern let through; `NaN` for a day that no calendar has. */
function epochMilliseconds(time: string | number): number {
  if (typeof time === 'number') return time;
  const day = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(time.slice(0, 10));
  return exists ? Date.parse(time.toUpperCase()) : NaN;
}

function column(written: WrittenColumn): OutputColumn {
  const aggregate =
    written.agg ?? aggregates.find((name) => Object.hasOwn(written, name)) ?? 'count';
  const { name, field } = written;
  // `@time` is the event's time, which is what min and max are of when they name no field.
  return { name, aggregate, ...(field !== undefined && field !== '@time' && { field }) };
}

function checkColumns(columns: readonly OutputColumn[], complain: Complain): void {
  const names = columns.map(({ name }) => name);
  columns.forEach(({ name, aggregate, field }, index) => {
    if (names.indexOf(name) < index) complain(`two columns are named '${name}'`);
    if (aggregate === 'count' && field !== undefined) {
      complain(`the column '${name}' counts events, and so has no field`);
    }
    if ((aggregate === 'set' || aggregate === 'distinct') && field === undefined) {
      complain(`the column '${name}' needs the field whose values it collects`);
    }
  });
}

/** Rows of a correlation have its keys and its own columns, and can be sorted by these. */
export function checkSort(
  { isosigma: key }: Header,
  groupBy: readonly Text[],
  report: Report,
): void {
  const output = key?.output ?? [];
  const columns = [...groupBy.map(({ value }) => value), ...output.map(({ name }) => name)];
  for (const column of key?.sort ?? []) {
    const name = column.replace(/^-/, '');
    if (columns.includes(name)) continue;
    const reason = `there is no column '${name}' to sort by`;
    const help = didYouMean(name, columns);
    report(diagnostic('rule/isosigma-key', key!.places.get('sort'), { reason }, help));
  }
}
