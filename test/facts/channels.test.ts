import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { columnsOfPipeline } from './elastic-columns.js';

// A channel that nobody else names is one that no event has.

interface Section {
  readonly source: string;
  readonly seen: string;
  readonly channels: readonly string[];
}

const sections = load(
  readFileSync(new URL('schemas/channels.yml', import.meta.url), 'utf8'),
) as readonly Section[];
const known = new Set(sections.flatMap(({ channels }) => channels));

test.each([
  ['ecs-windows', 'eql', 'winlog.channel'],
  ['splunk-windows', 'spl', 'source'],
] as const)('%s: channels are named elsewhere', async (id, backend, column) => {
  const columns = await columnsOfPipeline(id, backend);
  const named = columns.flatMap((each) => (each.column === column ? (each.values ?? []) : []));
  const channels = named.map((each) => each.replace(/^(Xml)?WinEventLog:/, ''));
  expect(channels.length).toBeGreaterThan(0);
  expect(channels.filter((each) => !known.has(each) && !each.includes('*'))).toEqual([]);
});
