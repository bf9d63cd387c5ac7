import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { certificateOf } from '../../src/convert.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { kustoDiagnostics } from '../support/kusto.js';
import { casesOf, converted, filesOf, goldenText, pathOf } from './golden.js';

// One folder a cell of the matrix: type, window, condition, and what changes the form. Each says what
// every backend makes of it, word for word.

const columns = [
  'action',
  'user',
  'address',
  'account',
  'host',
  'service',
  'command',
  'bytes',
  'ü',
  'a b',
  'q-r',
  'q_r',
  'where',
];
const schema = {
  Events: {
    ...Object.fromEntries(columns.map((name) => [name, 'string'])),
    TimeGenerated: 'datetime',
  },
  Logons: { TimeGenerated: 'datetime', Action: 'string', Account: 'string', Device: 'string' },
  Changes: { TimeGenerated: 'datetime', Operation: 'string', Actor: 'string', Host: 'string' },
};

const cases = casesOf('correlations');
const certificates = load(
  readFileSync(new URL('./certificates.yml', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<BackendId, string>>>>;

test('every case has its certificates written down', () => {
  expect(Object.keys(certificates)).toEqual(cases);
});

test.each(cases)('%s has a rule, an output for each backend, and nothing else', (name) => {
  const outputs = backendIds.map((id) => `out/${id}.txt`);
  const files = filesOf('correlations', name).filter((file) => !file.startsWith('pipeline.'));
  expect(files).toEqual([...outputs, 'rule.yml'].sort());
});

for (const id of backendIds) {
  test.each(cases)(`%s in ${id} is written as its golden says`, async (name) => {
    const conversion = await converted('correlations', name, id);
    expect(certificateOf(conversion)).toBe(certificates[name]![id]);
    const text = goldenText(conversion);
    await expect(text).toMatchFileSnapshot(pathOf('correlations', name, `out/${id}.txt`));
    expect(goldenText(await converted('correlations', name, id))).toBe(text);
    if (id === 'kql') {
      for (const query of conversion.queries) expect(kustoDiagnostics(query, schema)).toEqual([]);
    }
  });
}
