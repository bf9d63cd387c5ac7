import { convertRule, type Conversion, type ConvertOptions, type Destination } from '../convert.js';
import { andThen, success, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import type { Rule } from '../ir/index.js';
import { describeLogSource, loadPipeline, pipelineIds } from '../pipeline/index.js';
import type { ResolvedRule } from '../syntax/index.js';
import { listed, type Arguments } from './command.js';
import { destinationsOf } from './destinations.js';
import { elsewhere, isOfPlace } from './elsewhere.js';
import { pipelineOf } from './query-file.js';
import { table } from './table.js';

/** A destination, and how the matrix calls it. */
export interface Column {
  readonly name: string;
  readonly destination: Destination;
}

/** What the rules of one log source become at one destination. */
export interface Tally {
  /** On documented facts alone, nothing assumed by the pipeline. */
  readonly exact: number;
  readonly assumed: number;
  /** Of the assumed, those on a table, a scope or a field that is only inferred. */
  readonly inferred: number;
  readonly refused: number;
  /** Ids of the pipeline's assumptions → rules that rest on them. */
  readonly assumptions: Readonly<Record<string, number>>;
  /** Why rules were refused → how many. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface Coverage {
  readonly columns: readonly string[];
  /** One row a log source, ordered by name; correlations are a row of their own. */
  readonly rows: readonly { readonly logSource: string; readonly tallies: readonly Tally[] }[];
  readonly total: readonly Tally[];
}

/**
 * The backends with the pipelines of `-p`, or else with their own together, and beside them every
 * other shipped pipeline on its own.
 */
export async function coverageColumns(args: Arguments): Promise<Outcome<readonly Column[]>> {
  const found = await destinationsOf(args);
  if (!found.ok || listed(args['pipeline']).length > 0) {
    return andThen(found, (destinations) => success(destinations.map(columnOf)));
  }
  const columns = found.value.map(async (own) => {
    const { backend } = own;
    const taken = new Set(['plain', ...own.pipelines.map(({ id }) => id)]);
    const others = pipelineIds(backend.manifest.id).filter((id) => !taken.has(id));
    const loaded = await Promise.all(others.map((id) => loadPipeline(id, backend.manifest.id)));
    return [own, ...loaded.map((each) => ({ backend, pipelines: each ? [each] : [] }))];
  });
  return success((await Promise.all(columns)).flat().map(columnOf), found.diagnostics);
}

function columnOf(destination: Destination): Column {
  const { backend, pipelines } = destination;
  const one = pipelines.length === 1 ? ` ${pipelines[0]!.id}` : '';
  return { name: `${backend.manifest.id}${one}`, destination };
}

/** The matrix log source × destination over rules, each of which counts once in every column. */
export function coverageOf(
  rules: readonly ResolvedRule[],
  columns: readonly Column[],
  options: ConvertOptions,
): Coverage {
  const made = columns.map(({ destination }) =>
    rules.map((rule) => convertRule(rule, destination, options)),
  );
  const names = [...new Set(rules.map(logSourceOf))].sort();
  const why = (conversion: Conversion): string => {
    const { backend } = conversion.destination;
    const at = rules.indexOf(conversion.rule);
    const others = made.flatMap((each) => {
      const other = each[at]!;
      return other !== conversion && other.destination.backend === backend ? [other] : [];
    });
    const able = others.flatMap((other) => (other.made ? pipelineOf(other).split('+') : []));
    const isOwn = others.length === 0 || !isOfPlace(errorOf(conversion));
    const where = isOwn ? [] : [elsewhere(able, backend.manifest.id)];
    return [reasonOf(conversion), ...where].join('; ');
  };
  return {
    columns: columns.map(({ name }) => name),
    rows: names.map((logSource) => ({
      logSource,
      tallies: made.map((each) =>
        tally(
          each.filter(({ rule }) => logSourceOf(rule) === logSource),
          why,
        ),
      ),
    })),
    total: made.map((each) => tally(each, why)),
  };
}

function logSourceOf({ document }: ResolvedRule): string {
  if (document.kind === 'broken') return '(broken)';
  return document.kind === 'detection' ? describeLogSource(document.logSource) : '(correlation)';
}

function tally(conversions: readonly Conversion[], why: (refused: Conversion) => string): Tally {
  const taken = conversions.flatMap(({ made }) => (made ? [assumptionsOf(made.mapped)] : []));
  const assumed = taken.filter(({ length }) => length > 0);
  const refused = conversions.filter(({ made }) => !made);
  return {
    exact: taken.length - assumed.length,
    assumed: assumed.length,
    inferred: assumed.filter((ids) => ids.some((id) => id.startsWith('inferred-'))).length,
    refused: refused.length,
    assumptions: counted(assumed.flat()),
    reasons: counted(refused.map(why)),
  };
}

function assumptionsOf(rule: Rule): readonly string[] {
  if (rule.kind === 'detection') return rule.target?.assumptions ?? [];
  return [...new Set(rule.bases.flatMap((base) => assumptionsOf(base.rule)))];
}

/** The error, with what each of several targets lacks. */
function reasonOf(refused: Conversion): string {
  const error = errorOf(refused);
  const parts = [...new Set(error?.related?.map(({ message }) => message))];
  return parts.length > 0 ? parts.join('; ') : (error?.message ?? '');
}

function errorOf({ diagnostics }: Conversion): Diagnostic | undefined {
  return diagnostics.find(({ severity }) => severity === 'error');
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

/** The matrix for people: `12 3~ 1-` is 12 converted as documented, 3 on assumptions, 1 refused. */
export function coverageText({ columns, rows, total }: Coverage): string {
  const body = rows.map(({ logSource, tallies }) => [logSource, ...tallies.map(cellOf)]);
  const matrix = table([
    ['log source', ...columns],
    ...body,
    ['all', ...total.map(cellOf)],
    ['converted', ...total.map(shareOf)],
    ['without inferred facts', ...total.map(documentedShareOf)],
  ]);
  const notes = columns.flatMap((name, at) => {
    const { assumptions, reasons } = total[at]!;
    return [...notesOf(`${name} assumes`, assumptions), ...notesOf(`${name} refuses`, reasons)];
  });
  return [`${matrix}\nn~ on assumptions of the pipeline, n- refused\n`, ...notes].join('\n');
}

function notesOf(title: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const rows = Object.entries(counts).map(([text, count]) => [String(count).padStart(6), text]);
  return rows.length === 0 ? [] : [`${title}\n${table(rows)}`];
}

/** A tally in one cell. */
export function cellOf({ exact, assumed, refused }: Tally): string {
  const parts = [
    exact > 0 ? String(exact) : '',
    assumed > 0 ? `${String(assumed)}~` : '',
    refused > 0 ? `${String(refused)}-` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** The share that was converted, in percent. */
export function shareOf({ exact, assumed, refused }: Tally): string {
  return percent(exact + assumed, exact + assumed + refused);
}

/** The share that was converted on documented facts: its other assumptions are about the data. */
export function documentedShareOf({ exact, assumed, inferred, refused }: Tally): string {
  return percent(exact + assumed - inferred, exact + assumed + refused);
}

function percent(part: number, all: number): string {
  return all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`;
}
