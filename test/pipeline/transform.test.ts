import { expect, test } from 'vitest';
import { loadPipeline, transform } from '../../src/pipeline/index.js';
import { detection, equalsText, printed } from './rules.js';

async function onto(
  backend: string,
  ids: readonly string[],
  rule = detection('windows', 'process_creation', equalsText('Image', 'x')),
) {
  const pipelines = await Promise.all(ids.map((id) => loadPipeline(id, backend)));
  return transform(
    rule,
    pipelines.map((each) => each!),
    { backend, vars: new Map(), unscoped: false },
  );
}

test('a process creation goes to its table, scoped to the creation of processes', async () => {
  for (const [b, p] of [
    ['kql', 'sentinel'],
    ['kql', 'plain'],
    ['spl', 'splunk-windows'],
    ['eql', 'ecs-windows'],
    ['esql', 'ecs-windows'],
  ] as const) {
    const r = await onto(b, [p]);
    console.log(
      b,
      p,
      JSON.stringify(r, (k, v) =>
        k === 'origin' || k === 'span' || k === 'header' || k === 'columns' ? undefined : v,
      ),
    );
  }
  expect(printed).toBeDefined();
});
