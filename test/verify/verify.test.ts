import { expect, test } from 'vitest';
import { certificateOf, convert } from '../../src/convert.js';
import { backendIds } from '../../src/render/index.js';
import { against, verify } from '../../src/verify/index.js';
import { convertOptions, options, source, typed } from './subjects.js';

for (const id of backendIds) {
  test.each(['operators.yml', 'windows.yml'])(
    `${id} says every rule of %s exactly, or refuses it`,
    async (name) => {
      const conversions = convert([source(name)], [await typed(id)], convertOptions);
      for (const conversion of conversions) {
        const { verdict, mapping, cases, counterexample } = verify(conversion, options);
        const about = `${certificateOf(conversion)}\n${conversion.queries.join('\n\n')}`;
        expect(counterexample, about).toBeUndefined();
        expect(mapping).not.toBe('diverges');
        if (verdict === 'equal') expect(cases, about).toBeGreaterThan(4);
      }
    },
    120_000,
  );
}

const rule = `
title: A shell
logsource: { category: test }
detection:
  selection: { Image|endswith: '\\\\cmd.exe', CommandLine|contains: '/c ' }
  condition: selection`;

async function judge(query: string) {
  const [own] = convert([{ name: 'rule.yml', text: rule }], [await typed('kql')], convertOptions);
  return verify(against(own!, query), options);
}

test('a query of somebody else that means the same is equal', async () => {
  const query = 'Events | where CommandLine contains "/C " and Image endswith @"\\CMD.EXE"';
  expect(await judge(query)).toMatchObject({ verdict: 'equal' });
});

test('a query that misses something is shown the smallest event', async () => {
  const { verdict, counterexample } = await judge(
    'Events | where Image endswith @"\\cmd.exe" and CommandLine contains_cs "/c "',
  );
  expect(verdict).toBe('diverges');
  expect(counterexample).toMatchObject({ expected: 'match', found: 'no match' });
  expect(Object.keys(counterexample!.events[0]!).sort()).toEqual(['CommandLine', 'Image']);
});

test('a query that finds too much is shown what it should not find', async () => {
  const { counterexample } = await judge('Events | where Image endswith "cmd.exe"');
  expect(counterexample).toMatchObject({ expected: 'no match', found: 'match' });
});

test('a query that does not run is no equal one', async () => {
  expect(await judge('Events | where NoSuchColumn == 1')).toMatchObject({
    verdict: 'diverges',
    counterexample: { statement: 'running' },
  });
});

test('the same seed makes the same events', async () => {
  const [own] = convert([{ name: 'rule.yml', text: rule }], [await typed('kql')], convertOptions);
  expect(verify(own!, options)).toEqual(verify(own!, options));
});
