import { expect, test } from 'vitest';
import { parse, resolve } from '../../src/syntax/index.js';

const correlation = (at: number) => `
title: Correlation ${at}
correlation: { type: event_count, rules: [nosuch_${at}], group-by: [u], timespan: 5m, condition: { gte: 2 } }
`;

test('of many correlations with a wrong name, no more than two hundred are compared with every rule', () => {
  const text = Array.from({ length: 300 }, (_, at) => correlation(at)).join('---');
  const own =
    'title: Own\nname: nosuch_\nlogsource: { product: x }\ndetection: { s: { a: 1 }, condition: s }\n---';
  const problems = resolve(parse([{ name: 'r.yml', text: own + text }])).flatMap(
    ({ diagnostics }) => diagnostics,
  );
  const unknown = problems.filter(({ code }) => code === 'rule/unknown-reference');
  expect(unknown).toHaveLength(300);
  expect(unknown.filter(({ help }) => help !== undefined)).toHaveLength(200);
});
