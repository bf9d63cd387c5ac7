import {
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
  type Span,
} from '../diagnostics/index.js';
import { parseCondition } from '../syntax/index.js';
import type {
  ComparisonOperator,
  Condition,
  CorrelationType,
  Text,
  YamlScalar,
} from '../syntax/index.js';

/** A condition of Sigma 1, cut at the bar. */
export interface AggregatedCondition {
  /** What stands before the bar. */
  readonly search: Text;
  readonly aggregation: Aggregation;
  /** From behind the search to the end; undefined where YAML wrote the text otherwise than it reads. */
  readonly tail?: Span;
}

export type Aggregation =
  | {
      readonly kind: 'count';
      readonly type: CorrelationType;
      readonly field?: string;
      readonly groupBy: readonly string[];
      readonly operator: ComparisonOperator;
      /** The number as written. */
      readonly threshold: string;
    }
  | { readonly kind: 'near'; readonly condition: Condition };

const operators: Readonly<Record<string, ComparisonOperator>> = {
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '=': 'eq',
  '==': 'eq',
  '!=': 'neq',
};

const call =
  /^(count|sum|avg|min|max)\s*\(([^()]*)\)(?:\s+by\s+([^<>=!]+))?\s*([<>]=?|[=!]=|=)\s*(-?\d+(?:\.\d+)?)$/i;

/** Whether a condition has an aggregation of Sigma 1 (also one without a search before it). */
export function isAggregated(condition: string): boolean {
  return condition.includes('|') || /^(?:count|sum|avg|min|max)\s*\(/i.test(condition);
}

/** Reads a condition of Sigma 1: a search, a bar, and a count or what must be near. */
export function readAggregated(node: YamlScalar): Outcome<AggregatedCondition> {
  const bar = node.raw.indexOf('|');
  const search = node.raw.slice(0, Math.max(bar, 0)).trimEnd();
  if (search === '') return failure(diagnostic('migrate/no-search', node.span, {}));
  const written = partOf(node, node.raw.slice(bar + 1).trim(), bar);
  const near = /^near\s+(.*)/is.exec(written.value)?.[1];
  const aggregation = near === undefined ? readCall(written) : readNear(partOf(node, near, bar));
  if (!aggregation.ok) return aggregation;
  return success({
    search: partOf(node, search, 0),
    aggregation: aggregation.value,
    ...(isVerbatim(node) && {
      tail: spanWithin(node, search.length, node.raw.length - search.length),
    }),
  });
}

function readCall({ value, span }: Text): Outcome<Aggregation> {
  const parts = call.exec(value);
  if (!parts) return failure(diagnostic('migrate/aggregation', span, { aggregation: value }));
  const [, name = '', inside = '', groups = '', sign = '', threshold = ''] = parts;
  const field = inside.trim();
  const type = typeOf(name.toLowerCase(), field);
  if (type === undefined) return failure(refusedFunction(name.toLowerCase(), field, sign, span));
  return success({
    kind: 'count',
    type,
    ...(field !== '' && { field }),
    groupBy: groups
      .split(',')
      .map((group) => group.trim())
      .filter((group) => group !== ''),
    operator: operators[sign]!,
    threshold,
  });
}

function typeOf(name: string, field: string): CorrelationType | undefined {
  if (name === 'count') return field === '' ? 'event_count' : 'value_count';
  if (field === '') return undefined;
  if (name === 'sum') return 'value_sum';
  return name === 'avg' ? 'value_avg' : undefined;
}

function refusedFunction(name: string, field: string, sign: string, span: Span): Diagnostic {
  if (field === '') {
    const aggregation = span.source.text.slice(span.start, span.end);
    const help = `write the field that ${name} is taken of`;
    return diagnostic('migrate/aggregation', span, { aggregation }, { help });
  }
  const comparison = operators[sign]!;
  const isAnyEvent = name === 'max' ? comparison.startsWith('gt') : comparison.startsWith('lt');
  const help = `one event is enough for it: write '${field}|${comparison}' in the selection instead`;
  return diagnostic('migrate/min-max', span, { function: name }, isAnyEvent ? { help } : {});
}

function readNear(written: Text): Outcome<Aggregation> {
  const problems: Diagnostic[] = [];
  const condition = parseCondition(written, (problem) => problems.push(problem));
  return condition ? success({ kind: 'near', condition }) : { ok: false, diagnostics: problems };
}

/** A part of a scalar with its place. */
function partOf(node: YamlScalar, value: string, from: number): Text {
  return { value, span: spanWithin(node, node.raw.indexOf(value, from), value.length) };
}

/** A part of a scalar, or all of it where YAML wrote it otherwise than it reads. */
function spanWithin(node: YamlScalar, from: number, length: number): Span {
  const start = node.span.start + from;
  return isVerbatim(node) ? { ...node.span, start, end: start + length } : node.span;
}

function isVerbatim({ raw, span }: YamlScalar): boolean {
  return span.source.text.slice(span.start, span.end) === raw;
}
