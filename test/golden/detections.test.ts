import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { meaningOf } from '../../src/convert.js';
import { matcher } from '../../src/evaluate/index.js';
import { backendIds } from '../../src/render/index.js';
import { kustoDiagnostics } from '../support/kusto.js';
import { casesOf, converted, eventsOf, filesOf, goldenText, pathOf } from './golden.js';

// One folder a feature of detections: the rule, events about its edges, which of them match
// (written by hand from the specification), and what every backend makes of the rule.

interface Expected {
  readonly matches: readonly number[];
  readonly misses: readonly number[];
}

const kind = 'detections';
const cases = casesOf(kind);

test.each(cases)('%s has a rule, events, expectations, outputs, and nothing else', (name) => {
  const outputs = backendIds.map((id) => `out/${id}.txt`);
  const files = filesOf(kind, name).filter((file) => file !== 'pipeline.yml');
  expect(files).toEqual(['events.ndjson', 'expected.yml', ...outputs, 'rule.yml'].sort());
});

test.each(cases)('%s matches the events that are expected', async (name) => {
  const { rule, destination } = await converted(kind, name, 'spl');
  const meaning = meaningOf(rule, destination.pipelines);
  if (!meaning.ok || meaning.value.kind !== 'detection') throw new Error('the rule means nothing');
  const matches = matcher(meaning.value.predicate);
  const found = eventsOf(name).map((event) => matches(event));
  const { matches: hits, misses } = load(
    readFileSync(pathOf(kind, name, 'expected.yml'), 'utf8'),
  ) as Expected;
  expect(hits.length + misses.length).toBe(found.length);
  expect(found.flatMap((hit, at) => (hit ? at : []))).toEqual(hits);
});

for (const id of backendIds) {
  test.each(cases)(`%s in ${id} is written as its golden says`, async (name) => {
    const conversion = await converted(kind, name, id);
    const text = goldenText(conversion);
    await expect(text).toMatchFileSnapshot(pathOf(kind, name, `out/${id}.txt`));
    expect(goldenText(await converted(kind, name, id))).toBe(text);
    if (id !== 'kql') return;
    const fields = eventsOf(name).flatMap((event) => Object.keys(event));
    const columns = Object.fromEntries(fields.map((field) => [field, 'string']));
    const schema = { Events: { ...columns, TimeGenerated: 'datetime' } };
    for (const query of conversion.queries) expect(kustoDiagnostics(query, schema)).toEqual([]);
  });
}
