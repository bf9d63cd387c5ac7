import { expect, test } from 'vitest';
import { certificateOf, claimsOf, convert } from '../../src/convert.js';
import { queryFile } from '../../src/cli/query-file.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds } from '../../src/render/index.js';
import { languages } from '../../src/cli/languages.js';
import { backendOf } from '../support/backend.js';
import { packOf, ruleText } from './pack.js';

test('the languages that something runs are those with an interpreter', async () => {
  for (const id of backendIds) {
    const { manifest } = await backendOf(id);
    expect([id, manifest.verified]).toEqual([id, (languages as readonly string[]).includes(id)]);
  }
});

test('what nothing runs is UNVERIFIED, and says what it would be', async () => {
  const spl = await backendOf('spl');
  const backend = { ...spl, manifest: { ...spl.manifest, verified: false } };
  const pipelines = [(await loadPipeline('plain', 'spl'))!];
  const options = { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 };
  const text = ruleText('Who').replace('|contains: whoami', "|re: 'who.*'");
  const [own] = convert([{ name: 'r.yml', text }], [{ backend, pipelines }], options);
  expect([certificateOf(own!), claimsOf(own!)]).toEqual(['UNVERIFIED', { claims: 'EXACT/scalar' }]);
  expect(queryFile(own!)).toContain('UNVERIFIED (would be EXACT/scalar)');
  const [run] = convert([{ name: 'r.yml', text }], [{ backend: spl, pipelines }], options);
  expect([certificateOf(run!), claimsOf(run!)]).toEqual(['EXACT/scalar', {}]);
});

test('a pack leaves such a query out, unless it is allowed', async () => {
  const targetOf = async (allowsUnverified: boolean) => {
    const pack = await packOf([ruleText('Who')], ['splunk-app'], {
      verified: false,
      allowsUnverified,
    });
    return pack.manifest.rules[0]!.targets[0]!;
  };
  expect(await targetOf(false)).toMatchObject({
    status: 'refused',
    certificate: 'NONE',
    queries: [],
    reasons: [{ code: 'pack/unverified' }],
  });
  expect(await targetOf(true)).toMatchObject({
    status: 'converted',
    certificate: 'UNVERIFIED',
    claims: 'EXACT/ascii-case-folding',
    formats: ['splunk-app'],
  });
});
