import { expect, test } from 'vitest';
import { backendIds } from '../../src/render/index.js';
import { kustoDiagnostics } from '../support/kusto.js';
import { casesOf, converted, filesOf, goldenText, judged, pathOf } from './golden.js';

// One folder a cell of the matrix: type, window, condition, and what changes the form. Each says what
// every backend makes of it, word for word.

const columns = ['action', 'user', 'account', 'host', 'service', 'command', 'bytes'];
const schema = {
  Events: {
    ...Object.fromEntries(columns.map((name) => [name, 'string'])),
    TimeGenerated: 'datetime',
  },
};

const cases = casesOf('correlations');

test.each(cases)('%s has a rule, an output for each backend, and nothing else', (name) => {
  const outputs = backendIds.map((id) => `out/${id}.txt`);
  expect(filesOf('correlations', name)).toEqual([...outputs, 'rule.yml'].sort());
});

for (const id of backendIds) {
  test.each(cases)(
    `%s in ${id} is written as its golden says, and means the rule`,
    async (name) => {
      const conversion = await converted('correlations', name, id);
      const text = goldenText(conversion);
      await expect(text).toMatchFileSnapshot(pathOf('correlations', name, `out/${id}.txt`));
      expect(goldenText(await converted('correlations', name, id))).toBe(text);
      const { verdict, counterexample } = judged(conversion);
      expect(counterexample).toBeUndefined();
      expect(verdict).toBe(conversion.made ? 'equal' : 'refused');
      if (id === 'kql') {
        for (const query of conversion.queries) expect(kustoDiagnostics(query, schema)).toEqual([]);
      }
    },
  );
}
