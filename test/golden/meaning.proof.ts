import { expect, test } from 'vitest';
import { backendIds } from '../../src/render/index.js';
import { casesOf, converted, eventsOf, judged } from './golden.js';

// What the golden files say means the rules.

for (const id of backendIds) {
  test.each(casesOf('detections'))(`%s in ${id} means the rule`, async (name) => {
    const conversion = await converted('detections', name, id);
    const { verdict, counterexample } = judged(conversion, eventsOf(name));
    expect(counterexample).toBeUndefined();
    expect(verdict).toBe(conversion.made ? 'equal' : 'refused');
  });

  test.each(casesOf('correlations'))(`%s in ${id} means the rule`, async (name) => {
    const conversion = await converted('correlations', name, id);
    const { verdict, counterexample } = judged(conversion);
    expect(counterexample).toBeUndefined();
    expect(verdict).toBe(conversion.made ? 'equal' : 'refused');
  });
}
