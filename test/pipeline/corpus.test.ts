import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DetectionRule } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import {
  describeLogSource,
  loadPipeline,
  pipelineIds,
  transform,
  type Pipeline,
} from '../../src/pipeline/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

const placeholders = [
  'Admins_Workstations',
  'ApprovedUserUpn',
  'COMSPEC',
  'DomainControllers',
  'Important_AppIds',
  'Known_Location',
  'Legitimate_Countries',
  'Legitimate_IP_Ranges',
  'ServerSystems',
  'Workstations',
  'dc_ip_addresses',
  'dc_machine_accounts',
  'known_cdcs',
  'legit_ips',
  'legtimate_identifiers',
  'userdomain',
].map((name) => [name, ['x']] as const);

// SigmaHQ's rules, where there is a copy of them.
const corpus =
  process.env['ISOSIGMA_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus');
const rules = existsSync(corpus) ? load() : [];

function load(): readonly DetectionRule[] {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\/rules[^/]*\/.*\.yml$/.test(`/${name}`))
    .sort();
  const sources = files.map((name) => ({ name, text: readFileSync(join(corpus, name), 'utf8') }));
  return resolve(parse(sources)).flatMap((rule) => {
    if (rule.kind !== 'detection') return [];
    const lowered = lower(rule, new Map(placeholders));
    return lowered.ok && lowered.value.kind === 'detection' ? [lowered.value] : [];
  });
}

/** Least share of the rules that convert without inferred facts. */
const expected = { kql: 0.93, spl: 0.96, esql: 0.96, eql: 0.96 } as const;

for (const [backend, share] of Object.entries(expected)) {
  test.skipIf(rules.length === 0)(`${backend} carries the rules of the corpus`, async () => {
    const alone = ['plain', 'defender-xdr', 'asim', 'splunk-cim', 'ecs-defend'];
    const ids = pipelineIds(backend).filter((id) => !alone.includes(id));
    const pipelines = await Promise.all(ids.map((id) => loadPipeline(id, backend)));
    report(backend, pipelines as readonly Pipeline[], share);
  });
}

test.skipIf(rules.length === 0)('defender-xdr carries what it has tables for', async () => {
  report('kql', [(await loadPipeline('defender-xdr', 'kql'))!], 0.55);
});

test.skipIf(rules.length === 0)('asim carries what it has schemas for', async () => {
  report('kql', [(await loadPipeline('asim', 'kql'))!], 0.4);
});

function report(backend: string, pipelines: readonly Pipeline[], share: number): void {
  const options = { backend, vars: new Map(), unscoped: false };
  let documented = 0;
  let inferred = 0;
  const refusals = new Map<string, number>();
  for (const rule of rules) {
    const result = transform(rule, pipelines, options);
    if (!result.ok) {
      for (const { message, related } of result.diagnostics) {
        const reason = related?.[0] ? related.map((each) => each.message).join(' / ') : message;
        const key = `${describeLogSource(rule.logSource)}: ${reason}`;
        refusals.set(key, (refusals.get(key) ?? 0) + 1);
      }
    } else if (result.value.kind === 'detection') {
      const isInferred = result.value.target!.assumptions.some((id) => id.startsWith('inferred'));
      if (isInferred) inferred++;
      else documented++;
    }
  }
  if (process.env['ISOSIGMA_COVERAGE'] !== undefined) {
    const total = rules.length;
    console.log(
      `${backend} ${pipelines.map(({ id }) => id).join('+')}: ${documented} documented (${((100 * documented) / total).toFixed(1)} %), ${inferred} inferred, ${total - documented - inferred} refused of ${total}`,
    );
    for (const [reason, count] of [...refusals].sort((a, b) => b[1] - a[1]))
      console.log(count, reason);
  }
  expect(documented / rules.length).toBeGreaterThanOrEqual(share);
}
