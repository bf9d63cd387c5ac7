import { expect, test } from 'vitest';
import { loadPipeline, pipelineIds, type Pipeline } from '../../src/pipeline/index.js';
import { backendIds } from '../../src/render/index.js';
import { mapEvent } from '../../src/rows/index.js';
import { keyMappingOf, mappingOf } from '../../src/rows/place.js';
import { lowered, mapperOf } from '../pipeline/rules.js';
import { field } from '../support/ir.js';

// A field may have two places in a row: one where it is tested, and the usual place of keys. Queries
// rest on both having one value, so rows are written like that.

const logSources = [
  'product: windows, category: process_creation',
  'product: windows, category: network_connection',
  'product: windows, category: registry_set',
  'product: windows, service: security',
  'product: linux, category: process_creation',
  'product: linux, category: file_event',
  'product: macos, category: process_creation',
];
const values = { Computer: 'host1', User: 'bob', TenantId: 'tenant1' };

/** The two places of each key that has two, with what a row of an event holds there. */
function placesIn(pipeline: Pipeline, backend: string): readonly (readonly unknown[])[] {
  return logSources.flatMap((logSource) =>
    Object.entries(values).flatMap(([name, value]) => {
      const detection = lowered(`
title: A rule
logsource: { ${logSource} }
detection: { s: { ${name}: ${value} }, condition: s }`);
      if (detection.kind !== 'detection') throw new Error('a detection');
      const mapper = mapperOf(detection, [pipeline], backend, [field(name)]);
      if (!mapper) return [];
      const tested = mappingOf(name, mapper.place);
      const key = keyMappingOf(name, mapper.place);
      if (!tested || !key || tested.column === '' || tested.column === key.column) return [];
      const row = mapEvent(mapper, { [name]: value });
      return [[tested.column, row?.[tested.column], key.column, row?.[key.column]] as const];
    }),
  );
}

test('a key that is kept in two places has one value in both', async () => {
  const found = new Set<string>();
  for (const id of backendIds) {
    for (const name of pipelineIds(id)) {
      for (const [tested, one, key, other] of placesIn((await loadPipeline(name, id))!, id)) {
        found.add(`${id} ${name}: ${String(tested)} and ${String(key)}`);
        expect(one, `${id} ${name}: ${String(tested)}`).toBeDefined();
        expect(other, `${id} ${name}: ${String(key)}`).toBe(one);
      }
    }
  }
  expect([...found]).toContain('eql ecs-windows: winlog.computer_name and host.name');
});
