import { expect, test } from 'vitest';
import { validate } from '../../src/bundled/isosigma-schema.js';
import { diagnostic } from '../../src/diagnostics/index.js';
import { checkSchema, readYaml } from '../../src/syntax/index.js';

/** Each violation as `text: reason (help)`. */
function violations(text: string): readonly string[] {
  const read = readYaml({ name: 'x.yml', text });
  if (!read.ok) throw new Error('not YAML');
  const checked = checkSchema(validate, read.value[0]!, (span, reason, extra) =>
    diagnostic('rule/isosigma-key', span, { reason }, extra),
  );
  return checked.diagnostics.map(({ message, span, help }) => {
    const place = text.slice(span!.start, span!.end);
    const reason = message.replace('isosigma: ', '');
    return `${place}: ${reason}${help === undefined ? '' : ` (${help})`}`;
  });
}

test.each([
  ['window: total', []],
  ['windw: total', ["windw: there is no key 'windw' here (did you mean 'window'?)"]],
  ['window: bin', ["bin: the value of 'window' must be one of sliding, tumbling, total"]],
  ['- window', ['- window: the value must be a map']],
  ['ads: x', ["x: the value of 'ads' must be a map"]],
  [
    'output:\n  - { agg: count }\n  - { name: n, agg: sum }',
    [
      "{ agg: count: the key 'name' is missing",
      "sum: the value of 'agg' must be one of count, set, distinct, min, max",
    ],
  ],
  ['range: { calendar: month, offset: x }', ["x: the value of 'offset' must be a whole number"]],
  ['__proto__: 1', ["__proto__: there is no key '__proto__' here"]],
])('%j has the violations %j', (text, expected) => {
  expect(violations(text)).toEqual(expected);
});

test('where no form fits, the forms are described', () => {
  const [only, ...others] = violations('range: { month: 1 }');
  expect(others).toEqual([]);
  expect(only).toMatch(/^\{ month: 1: the value of 'range' has none of the forms .*\(Which time/);
});
