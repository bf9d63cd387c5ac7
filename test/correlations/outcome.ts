import { expect } from 'vitest';
import { convert, type Conversion } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { certificateText } from '../../src/plan/index.js';
import type { BackendId } from '../../src/render/index.js';
import type { Vector } from '../correlate/vectors.js';
import { observe, type Observation } from './observe.js';
import { backendOf } from '../support/backend.js';

const now = Date.parse('2024-02-01T00:00:00Z');

async function converted(id: BackendId, vector: Vector): Promise<Conversion> {
  const destination = {
    backend: await backendOf(id),
    pipelines: [(await loadPipeline('plain', id))!],
  };
  const conversions = convert([{ name: vector.name, text: vector.sigma }], [destination], {
    vars: new Map(),
    unscoped: false,
    allow: ['union'],
    maxQueries: 200,
  });
  return conversions.at(-1)!;
}

/** What the vector expects at the level that the certificate speaks of. */
function expected(vector: Vector, level: Observation['level']): Observation {
  const { keys, first = [], bins = [] } = vector.expected;
  switch (level) {
    case 'key':
      return { level, rows: keys.map((key) => ({ key, at: null })) };
    case 'first':
      return { level, rows: first };
    case 'bin':
      return { level, rows: bins.map(({ key, bin }) => ({ key, at: bin })) };
  }
}

function sorted({ level, rows }: Observation): unknown {
  return { level, rows: rows.map((row) => JSON.stringify([row.key, row.at])).sort() };
}

/** A vector's own range is that of the search, beside the rule. */
function inRange({ range }: Vector, time: number): boolean {
  return range === null || (time >= range.start && time < range.end);
}

/** Data that a class of the certificate leaves out (correlation.md 3.7). */
const exempt: Readonly<Record<string, readonly string[]>> = {
  scalar: ['array'],
  'tie-free': ['tie'],
  disjoint: ['same-event'],
  'no-empty-keys': ['empty-key'],
};

export type Outcome = 'equal' | 'refused' | `exempt: ${string}`;

/** What the query makes of a vector; whatever it finds that the vector does not expect fails. */
export async function outcomeOf(id: BackendId, vector: Vector): Promise<Outcome> {
  const conversion = await converted(id, vector);
  const { made, diagnostics } = conversion;
  if (!made) {
    expect(diagnostics.map(({ code }) => code).join()).toMatch(/plan\/|lower\//);
    return 'refused';
  }
  const classes = [
    ...made.plan.certificate.classes,
    // A string column of Kusto holds no list, so that there is no such event.
    ...(id === 'kql' ? ['scalar'] : []),
  ];
  const outside = classes.find((name) => exempt[name]?.some((tag) => vector.tags.includes(tag)));
  if (outside !== undefined) {
    return `exempt: ${outside}`;
  }
  const level = made.plan.columns?.level ?? 'key';
  const events = vector.events.filter(({ ts }) => inRange(vector, ts));
  const observed = await observe(conversion, events, now);
  expect(
    sorted(observed),
    `${certificateText(made.plan.certificate)}\n${conversion.queries.join('\n\n')}`,
  ).toEqual(sorted(expected(vector, level)));
  return 'equal';
}

/** The cell of the matrix: type, window and condition. */
export function cellOf(vector: Vector): string {
  const { type, window, extended, condition } = vector.rule;
  const lower = Object.keys(condition ?? {}).every(
    (key) => !['lt', 'lte', 'eq', 'neq'].includes(key),
  );
  const expression = JSON.stringify(extended ?? '');
  const kind =
    extended === undefined
      ? lower
        ? 'lower bound'
        : 'other bound'
      : expression.includes('"not"')
        ? 'with not'
        : 'without not';
  return `${type} | ${window} | ${kind}`;
}
