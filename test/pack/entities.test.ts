import { expect, test } from 'vitest';
import { packOf } from './pack.js';

const detection = (name: string, event: number) => `
title: ${name}
name: ${name}
logsource: { product: windows, service: security }
detection: { s: { EventID: ${event} }, condition: s }
`;

const correlation = (group: string) => `
title: Failed and locked
id: 6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21
status: test
level: high
correlation:
  type: event_count
  rules: [failed, locked]
  aliases: { who: { failed: TargetUserName, locked: TargetUserName } }
  group-by: [${group}]
  timespan: 5m
  condition: { gte: 3 }
`;

test.each([
  ['TargetUserName', 'TargetUserName'],
  ['who', 'who'],
])('the column %s of a key identifies the account that it holds', async (group, columnName) => {
  const text = [detection('failed', 4625), detection('locked', 4740), correlation(group)].join(
    '---',
  );
  const { files } = await packOf([text], ['sentinel-yaml'], { pipeline: 'sentinel' });
  const [rule] = [...files]
    .filter(([path]) => path.includes('failed_and_locked'))
    .map(([, each]) => each);
  expect(rule).toContain(`identifier: Name`);
  expect(rule).toContain(`columnName: ${columnName}\n`);
});
