import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds } from '../../src/render/index.js';
import { verify } from '../../src/verify/index.js';
import { rule } from '../correlate/arbitrary.js';
import type { Extended, NeutralRule } from '../correlate/vectors.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

// Correlations made by chance, over streams made of them: whatever a backend does not refuse is equal.

/** Columns of the rule's own, which rows of bins and of whole ranges can have. */
const columns = fc.subarray([
  { name: 'Total', count: null },
  { name: 'Seen', set: null, field: 'm' },
  { name: 'Keys', distinct: null, field: 'user' },
  { name: 'Least', min: null, field: 'n' },
  { name: 'Last', max: null },
]);

type Columns = typeof columns extends fc.Arbitrary<infer Value> ? Value : never;

/** The rule in Sigma's words; a unit of its time is a second. */
function sigmaOf(neutral: NeutralRule, output: Columns): string {
  const { type, rules, groupBy, timespanMs, window, ...rest } = neutral;
  const { onMissingKey, extended, condition = {} } = rest;
  const detections = rules.map((base) => {
    if (!('match' in base) || !('in' in base.match)) throw new Error('a detection');
    const { field, in: values } = base.match;
    const selection = JSON.stringify({ [field]: values });
    return `title: ${base.name}\nname: ${base.name}\nlogsource: { category: test }\ndetection: { s: ${selection}, condition: s }\n`;
  });
  const correlation = {
    type,
    rules: rules.map(({ name }) => name),
    'group-by': groupBy,
    timespan: `${timespanMs}s`,
    ...(extended === undefined
      ? Object.keys(condition).length > 0 && { condition }
      : { condition: wordsOf(extended) }),
  };
  return `${detections.join('---\n')}---
title: By chance
correlation: ${JSON.stringify(correlation)}
isosigma: ${JSON.stringify({ window, 'on-missing-key': onMissingKey, ...(window !== 'sliding' && { output }) })}
`;
}

function wordsOf(expression: Extended): string {
  if (typeof expression === 'string') return expression;
  if ('not' in expression) return `not (${wordsOf(expression.not)})`;
  const [word, operands] =
    'and' in expression ? (['and', expression.and] as const) : (['or', expression.or] as const);
  return operands.map((operand) => `(${wordsOf(operand)})`).join(` ${word} `);
}

// Query DSL says total windows only, which are not among these.
const drawn = backendIds.filter((id) => id !== 'dsl');

test.each(drawn)('%s: a correlation by chance is equal or refused', async (id) => {
  const pipelines = [(await loadPipeline('plain', id))!];
  const destination = { backend: await backendOf(id), pipelines };
  let judged = 0;
  let withColumns = 0;
  fc.assert(
    fc.property(rule, columns, (neutral, output) => {
      const text = sigmaOf(neutral, output);
      const conversion = convert([{ name: 'rule.yml', text }], [destination], convertOptions).at(
        -1,
      )!;
      const codes = conversion.diagnostics.map(({ code }) => code);
      expect(codes.filter((code) => /^(?:syntax|yaml|condition)\//.test(code))).toEqual([]);
      if (!conversion.made) return;
      if (conversion.made.plan.columns?.shown.length) withColumns++;
      const { verdict, counterexample } = verify(conversion, { ...options, runs: 12 });
      // A condition by chance may hold for nothing.
      if (verdict === 'unchecked') return;
      judged++;
      expect(verdict, `${text}\n${conversion.queries.join('\n')}\n${show(counterexample)}`).toBe(
        'equal',
      );
    }),
    { numRuns: id === 'kql' ? 14 : 60, seed: 23 },
  );
  expect(judged).toBeGreaterThan(3);
  if (id !== 'eql') expect(withColumns).toBeGreaterThan(1);
});

function show(value: unknown): string {
  return JSON.stringify(value, null, 1);
}
