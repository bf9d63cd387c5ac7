import { describe, expect, test } from 'vitest';
import type { DetectionRule } from '../../src/ir/index.js';
import {
  describeLogSource,
  loadPipeline,
  pipelineIds,
  transform,
  type Pipeline,
} from '../../src/pipeline/index.js';
import { corpora, detectionsOf } from '../support/corpus.js';

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

/** Pipelines that stand alone, and the least share of rules that convert there without inferred facts. */
const alone = [
  { id: 'defender-xdr', backend: 'kql', own: 4 / 6, SigmaHQ: 0.55 },
  { id: 'asim', backend: 'kql', own: 2 / 6, SigmaHQ: 0.4 },
] as const;
const others = ['plain', 'splunk-cim', 'ecs-defend', ...alone.map(({ id }) => id)];

/** The same of all the others together. */
const together = [
  { backend: 'kql', own: 1, SigmaHQ: 0.93 },
  { backend: 'spl', own: 1, SigmaHQ: 0.96 },
  { backend: 'esql', own: 5 / 6, SigmaHQ: 0.96 },
  { backend: 'eql', own: 5 / 6, SigmaHQ: 0.96 },
] as const;

describe.each(corpora)('of $name', (corpus) => {
  const rules = detectionsOf(corpus, new Map(placeholders));

  test.each(together)('$backend carries the rules', async ({ backend, ...least }) => {
    const ids = pipelineIds(backend).filter((id) => !others.includes(id));
    const pipelines = await Promise.all(ids.map((id) => loadPipeline(id, backend)));
    report(rules, backend, pipelines as readonly Pipeline[], least[corpus.name]);
  });

  test.each(alone)('$id carries what it has tables for', async ({ id, backend, ...least }) => {
    report(rules, backend, [(await loadPipeline(id, backend))!], least[corpus.name]);
  });
});

function report(
  rules: readonly DetectionRule[],
  backend: string,
  pipelines: readonly Pipeline[],
  share: number,
): void {
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
