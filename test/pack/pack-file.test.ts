import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/index.js';
import { matchFiles, slashed } from '../../src/node/index.js';
import { parsePackFile } from '../../src/pack/index.js';
import { isosigma } from '../cli/run-cli.js';
import { buildOf, packOf, ruleText } from './pack.js';

const good = `name: small
title: Small
version: 1.0.0
license: Apache-2.0
authors: [Nobody]
rules: ['*.yml']
targets:
  - backends: [kql]
    formats: [sentinel-yaml]
`;

/** Each diagnostic with the text that it points to. */
const told = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code, message, span, help }) => [
    code,
    message,
    span && span.source.text.slice(span.start, span.end),
    ...(help === undefined ? [] : [help]),
  ]);

test.each([
  [
    'a key that there is not',
    good.replace('license:', 'licence:'),
    [
      ['pack/invalid', "pack.yml: the key 'license' is missing", 'name: small'],
      [
        'pack/invalid',
        "pack.yml: there is no key 'licence' here",
        'licence',
        "did you mean 'license'?",
      ],
    ],
  ],
  [
    'a version that is none',
    good.replace('1.0.0', "'1.0'"),
    [
      [
        'pack/invalid',
        "pack.yml: the value of 'version' has none of the forms that it may have",
        '1.0',
        'Semantic version of the content: 1.4.0.',
      ],
    ],
  ],
  [
    'a duration without a unit',
    `${good}schedule: { frequency: '15' }\n`,
    [
      [
        'pack/invalid',
        "pack.yml: the value of 'frequency' has none of the forms that it may have",
        '15',
      ],
    ],
  ],
  [
    'a level that there is not',
    `${good}levels: { highest: { frequency: 15m } }\n`,
    [['pack/invalid', "pack.yml: there is no key 'highest' here", 'highest']],
  ],
  [
    'more targets than anybody has',
    good.replace(/ {2}- backends[^]*/, '  - { formats: [ads] }\n'.repeat(101)),
    [
      [
        'pack/invalid',
        "pack.yml: the value of 'targets' must NOT have more than 100 items",
        '- { formats: [ads] }',
      ],
    ],
  ],
  [
    'more languages than there are',
    good.replace('[kql]', `[${'kql, '.repeat(20)}kql]`),
    [
      [
        'pack/invalid',
        "pack.yml: the value of 'backends' must NOT have more than 20 items",
        `[${'kql, '.repeat(20)}kql`,
      ],
    ],
  ],
  [
    'a format and a language that there are not',
    good.replace('[sentinel-yaml]', '[sentinel-yml]').replace('[kql]', '[kqll]'),
    [
      [
        'pack/unknown-format',
        'there is no format sentinel-yml',
        'sentinel-yml',
        "did you mean 'sentinel-yaml'?",
      ],
      ['pack/unknown-backend', 'there is no query language kqll', 'kqll', "did you mean 'kql'?"],
    ],
  ],
  [
    'a language of Kibana',
    good.replace('[kql]', '[kuery]'),
    [
      [
        'pack/unknown-backend',
        'there is no query language kuery',
        'kuery',
        'the formats elastic-ndjson and elastic-toml make threshold rules of what the language dsl says; kuery and lucene are never written (docs/packs.md)',
      ],
    ],
  ],
  [
    'a new_terms rule of Elastic',
    good.replace('[sentinel-yaml]', '[elastic-new-terms]'),
    [
      [
        'pack/unknown-format',
        'there is no format elastic-new-terms',
        'elastic-new-terms',
        'new_terms rules are never made: they need a condition on the past, which Sigma does not have (docs/packs.md)',
      ],
    ],
  ],
  [
    'a language for one rule that no target has',
    `${good}overrides: { 6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21: { backends: [kql, dsl] } }\n`,
    [['pack/unlisted-backend', 'no target has the query language dsl', 'dsl']],
  ],
  [
    'a threshold rule of Elastic',
    good.replace('[sentinel-yaml]', '[elastic-threshold]'),
    [
      [
        'pack/unknown-format',
        'there is no format elastic-threshold',
        'elastic-threshold',
        'the formats elastic-ndjson and elastic-toml make threshold rules of what the language dsl says; kuery and lucene are never written (docs/packs.md)',
      ],
    ],
  ],
  [
    'two documents',
    `${good}---\nname: other\n`,
    [['pack/invalid', 'pack.yml: it holds one document', 'name: other']],
  ],
  ['nothing', '', [['pack/invalid', 'pack.yml: it holds one document', '']]],
])('%s is told with its place', (_, text, expected) => {
  const { diagnostics } = parsePackFile({ name: 'pack.yml', text });
  expect(told(diagnostics)).toEqual(expected);
});

test('a pattern without files, a pipeline and a format for another language are told with their places', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const file = join(folder, 'pack.yml');
  const text = good
    .replace("['*.yml']", "['*.yml', 'nowhere.yml', 'rules/**/*.yml']")
    .replace('formats: [sentinel-yaml]', 'pipelines: [sentinell]\n    formats: [splunk-app]');
  await writeFile(file, text);
  await writeFile(join(folder, 'rule.yml'), ruleText('One'));
  const { status, stderr } = isosigma(['pack', 'build', file, '-o', join(folder, 'out')]);
  expect(status).toBe(1);
  const places = [...stderr.matchAll(/pack\.yml:(\d+:\d+) error ([\w/-]+):/g)];
  expect(places.map(([, place, code]) => [place, code])).toEqual([
    ['9:16', 'cli/unknown-pipeline'],
    ['10:15', 'pack/wrong-backend'],
    ['6:19', 'cli/no-such-file'],
    ['6:34', 'pack/no-files'],
  ]);
});

test('a pack without rules is an error, and a schedule for a rule that is not there a warning', async () => {
  const none = await buildOf([ruleText('One')], ['ads'], { filter: { level: ['low'] } });
  expect(none.diagnostics.map(({ code }) => code)).toEqual(['pack/no-rules']);
  const id = '00000000-0000-4000-8000-000000000000';
  const { diagnostics } = await packOf([ruleText('One')], ['ads'], {
    overrides: { [id]: { frequency: '15m' } },
  });
  expect(told(diagnostics)[0]!.slice(0, 2)).toEqual([
    'pack/unknown-rule',
    `no rule of the pack has the id ${id}`,
  ]);
});

test('a schedule is the pack’s, under its level’s, under the rule’s own', async () => {
  const id = '6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21';
  const rules = ['high', 'low'].map((level, at) =>
    ruleText(level)
      .replace('6b7e', `${at}b7e`)
      .replace(/^level: high$/m, `level: ${level}`),
  );
  const frequencies = async (texts: readonly string[]) => {
    const { files } = await packOf(texts, ['elastic-ndjson'], {
      schedule: { frequency: '2h', enabled: true },
      levels: { high: { frequency: '30m' } },
      overrides: { [id]: { frequency: '5m', enabled: false, level: 'critical' } },
    });
    const lines = files.get('elastic/detection-rules.ndjson')!.trimEnd().split('\n');
    return lines.map((line) => {
      const { interval, enabled, severity } = JSON.parse(line) as Record<string, unknown>;
      return [interval, enabled, severity];
    });
  };
  expect(await frequencies([...rules, ruleText('high')])).toEqual([
    ['30m', true, 'high'],
    ['120m', true, 'low'],
    ['5m', false, 'critical'],
  ]);
});

test('patterns name files as a shell would, in byte order, and no test of a rule', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  for (const path of [
    'b.yml',
    'a.yml',
    'a.test.yml',
    'x/c.yml',
    'x/y/d.yml',
    'x/y/e.txt',
    'x+y.yml',
  ]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
  const match = async (pattern: string) =>
    (await matchFiles(folder, pattern)).map((path) => slashed(folder, path));
  expect(await match('*.yml')).toEqual(['a.yml', 'b.yml', 'x+y.yml']);
  expect(await match('**/*.yml')).toEqual(['a.yml', 'b.yml', 'x+y.yml', 'x/c.yml', 'x/y/d.yml']);
  expect(await match('x/**')).toEqual(['x/c.yml', 'x/y/d.yml', 'x/y/e.txt']);
  expect(await match('x/*/d.yml')).toEqual(['x/y/d.yml']);
  expect(await match('?.yml')).toEqual(['a.yml', 'b.yml']);
  expect(await match('x+*.yml')).toEqual(['x+y.yml']);
  expect(await match('[ab].yml')).toEqual(['[ab].yml']);
  expect(await match('nowhere/*.yml')).toEqual([]);
});
