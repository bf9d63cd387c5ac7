import { expect, test } from 'vitest';
import { pipelinesText } from '../../src/cli/pipelines-text.js';
import { describePipelines } from '../../src/pipeline/index.js';
import { pipeline } from './rules.js';

const base = pipeline(`
name: Ours
time: TimeGenerated
tables: { T: { string: [A, Domain, Name], integer: [Port], any: [OtherPort] } }
sources:
  - logsource: { product: x, category: y }
    targets:
      - table: T
        scope: { A: [one, two] }
        when: { choice: t }
        confidence: inferred
        keywords: [A]
        fields:
          Port: Port
          User: { user: { domain: Domain, name: Name } }
          Kind: { constant: process }
`);
const mine = pipeline(`
priority: 50
sources:
  - logsource: { product: x, category: y }
    fields: { Port: { column: OtherPort, assume: [site] } }
    targets: [{ table: '{table}', fields: { B: B } }]
`);

test('the merged result tells targets best first, with scope, keywords and fields', () => {
  expect(describePipelines([mine, base], new Map([['table', 'Mine_CL']]))).toEqual([
    {
      logSource: 'x/y/',
      targets: [
        {
          pipeline: 'mine',
          target: 'Mine_CL',
          time: 'TimeGenerated',
          scope: '',
          when: {},
          keywords: '',
          assumptions: [],
          fields: { B: 'B', Port: 'OtherPort [site]' },
        },
        {
          pipeline: 'mine',
          target: 'T',
          time: 'TimeGenerated',
          scope: 'A = one | two',
          when: { choice: 't' },
          keywords: 'A',
          assumptions: ['inferred-target'],
          fields: {
            Port: 'OtherPort [site]',
            User: 'Domain\\Name',
            Kind: 'always “process”',
          },
        },
      ],
    },
  ]);
});

test('it is printed as a list of log sources and targets', () => {
  const sources = describePipelines([base], new Map());
  expect(pipelinesText({ backend: 'kql', sources })).toBe(`kql: x/y/
  T
    pipeline  mine
    scope     A = one | two
    time      TimeGenerated
    keywords  A
    when      choice=t
    assumes   inferred-target
      Port  Port (integer)
      User  Domain\\Name
      Kind  always “process”
`);
});
