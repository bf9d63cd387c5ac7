import { expect, test } from 'vitest';
import { convert, type Conversion } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { certificateText } from '../../src/plan/index.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { vectors, type Vector } from '../correlate/vectors.js';
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

type Outcome = 'equal' | 'refused' | `exempt: ${string}`;

/** What the vectors of each cell come to, by backend. */
const outcomes = new Map<string, Map<BackendId, Outcome[]>>();

function note(vector: Vector, id: BackendId, outcome: Outcome): void {
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
  const cell = `${type} | ${window} | ${kind}`;
  const row = outcomes.get(cell) ?? new Map<BackendId, Outcome[]>();
  outcomes.set(cell, row.set(id, [...(row.get(id) ?? []), outcome]));
}

for (const id of backendIds) {
  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    `${id} says %s exactly, or refuses it`,
    async (_, vector) => {
      const conversion = await converted(id, vector);
      const { made, diagnostics } = conversion;
      if (!made) {
        expect(diagnostics.map(({ code }) => code).join()).toMatch(/plan\/|lower\//);
        note(vector, id, 'refused');
        return;
      }
      const classes = [
        ...made.plan.certificate.classes,
        // A string column of Kusto holds no list, so that there is no such event.
        ...(id === 'kql' ? ['scalar'] : []),
      ];
      const outside = classes.find((name) =>
        exempt[name]?.some((tag) => vector.tags.includes(tag)),
      );
      if (outside !== undefined) {
        note(vector, id, `exempt: ${outside}`);
        return;
      }
      const level = made.plan.columns?.level ?? 'key';
      const events = vector.events.filter(({ ts }) => inRange(vector, ts));
      const observed = await observe(conversion, events, now);
      expect(
        sorted(observed),
        `${certificateText(made.plan.certificate)}\n${conversion.queries.join('\n\n')}`,
      ).toEqual(sorted(expected(vector, level)));
      note(vector, id, 'equal');
    },
  );
}

test('the matrix says what became of every vector', async () => {
  const lines = [...outcomes]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([cell, row]) => `| ${cell} | ${backendIds.map((id) => counted(row.get(id)!)).join(' | ')} |`,
    );
  const page = [
    '# What the vectors come to',
    '',
    'Generated: `npx vitest run test/correlations -u`. Exempt are events of a class that the certificate',
    'leaves out; refused are conversions with an error that says why.',
    '',
    `| type | window | condition | ${backendIds.join(' | ')} |`,
    `|---|---|---|${backendIds.map(() => '---|').join('')}`,
    ...lines,
    '',
  ];
  await expect(page.join('\n')).toMatchFileSnapshot('matrix.md');
});

function counted(found: readonly Outcome[]): string {
  return [...new Set(found)]
    .sort()
    .map((outcome) => `${found.filter((each) => each === outcome).length} ${outcome}`)
    .join(', ');
}
