import { expect, test } from 'vitest';
import { convert, type Conversion } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { certificateText } from '../../src/plan/index.js';
import { backendIds, loadBackend, type BackendId } from '../../src/render/index.js';
import { vectors, type Vector } from '../correlate/vectors.js';
import { observe, type Observation } from './observe.js';

const now = Date.parse('2024-02-01T00:00:00Z');

async function converted(id: BackendId, vector: Vector): Promise<Conversion> {
  const destination = {
    backend: await loadBackend(id),
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

for (const id of backendIds) {
  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    `${id} says %s exactly, or refuses it`,
    async (_, vector) => {
      const conversion = await converted(id, vector);
      const { made, diagnostics } = conversion;
      if (!made) {
        expect(diagnostics.map(({ code }) => code).join()).toMatch(/plan\/|lower\//);
        return;
      }
      // A string column of Kusto holds no list, so that there is no such event.
      if (id === 'kql' && vector.tags.includes('array')) return;
      const { classes } = made.plan.certificate;
      if (classes.some((name) => exempt[name]?.some((tag) => vector.tags.includes(tag)))) return;
      const level = made.plan.columns?.level ?? 'key';
      const events = vector.events.filter(({ ts }) => inRange(vector, ts));
      const observed = await observe(conversion, events, now);
      expect(
        sorted(observed),
        `${certificateText(made.plan.certificate)}\n${conversion.queries.join('\n\n')}`,
      ).toEqual(sorted(expected(vector, level)));
    },
  );
}
