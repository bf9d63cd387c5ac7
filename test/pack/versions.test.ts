import { expect, test } from 'vitest';
import { diffPacks, versionProblems } from '../../src/pack/index.js';
import { packOf, ruleText } from './pack.js';

const other = ruleText('Other').replace('6b7e', '7b7e').replace('whoami', 'hostname');
const codes = (problems: ReturnType<typeof versionProblems>) => problems.map(({ code }) => code);

test('the same rules give the same bytes', async () => {
  const formats = [
    'sentinel-yaml',
    'splunk-app',
    'elastic-ndjson',
    'ads',
    'coverage',
    'sigma',
  ] as const;
  const one = await packOf([ruleText('One')], formats);
  const two = await packOf([ruleText('One')], formats);
  expect(two.bytes).toEqual(one.bytes);
});

test('a version rises when the artefact changes, and only then', async () => {
  const first = await packOf([ruleText('One'), other], ['sentinel-yaml']);
  const again = await packOf([ruleText('One'), `# a comment\n${other}`], ['sentinel-yaml'], {
    previous: first.manifest,
    version: '2.0.0',
  });
  expect(again.manifest.rules.map(({ version }) => version)).toEqual([1, 1]);
  const changed = await packOf(
    [ruleText('One').replace('whoami', 'whoareyou'), other],
    ['sentinel-yaml'],
    { previous: again.manifest },
  );
  expect(changed.manifest.rules.map(({ title, version }) => [title, version])).toEqual([
    ['One', 2],
    ['Other', 1],
  ]);
});

test('a difference tells meaning from text, and asks for the version that fits', async () => {
  const formats = ['sentinel-yaml'] as const;
  const old = await packOf([ruleText('One'), other], formats);
  const text = await packOf([ruleText('Uno'), other], formats, { version: '1.0.1' });
  const byText = diffPacks(old.manifest, text.manifest);
  expect(byText).toMatchObject({ added: [], removed: [], meaning: [], text: [{ title: 'Uno' }] });
  expect(codes(versionProblems(byText))).toEqual([]);
  expect(codes(versionProblems({ ...byText, to: '1.0.0' }))).toEqual(['pack/version-does-not-fit']);

  const meaning = await packOf([ruleText('One').replace('whoami', 'id'), other], formats, {
    version: '1.0.1',
  });
  const byMeaning = diffPacks(old.manifest, meaning.manifest);
  expect(byMeaning.meaning.map(({ title }) => title)).toEqual(['One']);
  expect(codes(versionProblems(byMeaning))).toEqual(['pack/version-does-not-fit']);
  expect(codes(versionProblems({ ...byMeaning, to: '1.1.0' }))).toEqual([]);

  const removed = diffPacks(
    old.manifest,
    (await packOf([other], formats, { version: '1.1.0' })).manifest,
  );
  expect(removed.removed.map(({ title }) => title)).toEqual(['One']);
  expect(codes(versionProblems(removed))).toEqual(['pack/version-does-not-fit']);
  expect(codes(versionProblems({ ...removed, to: '2.0.0' }))).toEqual([]);
});
