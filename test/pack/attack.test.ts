import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attackProblems, readAttack } from '../../src/pack/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { isosigma } from '../cli/run-cli.js';
import { packOf, ruleText } from './pack.js';

const object = (type: string, id: string, name: string, more: object = {}) => ({
  type,
  id: `${type}--${id}`,
  name,
  external_references: [{ source_name: 'mitre-attack', external_id: id }],
  ...more,
});
const phase = (name: string) => ({
  kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: name }],
});
const link = (type: string, from: string, to: string) => ({
  type: 'relationship',
  id: `relationship--${from}${to}`,
  relationship_type: type,
  source_ref: from,
  target_ref: to,
});

/** A bundle with made-up names, in the shape that MITRE publishes. */
const bundle = {
  type: 'bundle',
  objects: [
    { type: 'x-mitre-collection', id: 'x-mitre-collection--1', x_mitre_version: '99.1' },
    object('x-mitre-tactic', 'TA9001', 'Mischief', { x_mitre_shortname: 'mischief' }),
    object('attack-pattern', 'T9001', 'Knocking', phase('mischief')),
    object('attack-pattern', 'T9002', 'Ringing', { revoked: true, ...phase('mischief') }),
    object('attack-pattern', 'T9003', 'Calling', { revoked: true }),
    object('attack-pattern', 'T9004', 'Shouting', { x_mitre_deprecated: true }),
    object('malware', 'S9001', 'Knocker'),
    object('tool', 'S9002', 'Old Knocker', { revoked: true }),
    link('uses', 'malware--S9001', 'attack-pattern--T9001'),
    link('revoked-by', 'attack-pattern--T9003', 'attack-pattern--T9002'),
    link('revoked-by', 'attack-pattern--T9002', 'attack-pattern--T9001'),
    link('revoked-by', 'tool--S9002', 'malware--S9001'),
  ],
};

const read = (text: string) => readAttack({ name: 'enterprise-attack.json', text });

test('a bundle gives tactics, techniques, software with its techniques, and what was retired', () => {
  const attack = read(JSON.stringify(bundle));
  expect(attack.ok && attack.value).toEqual({
    version: '99.1',
    tactics: [{ id: 'TA9001', name: 'Mischief', shortname: 'mischief' }],
    techniques: {
      T9001: { name: 'Knocking', tactics: ['mischief'] },
      T9002: { name: 'Ringing', tactics: ['mischief'], status: 'revoked', replacement: 'T9001' },
      T9003: { name: 'Calling', tactics: [], status: 'revoked', replacement: 'T9001' },
      T9004: { name: 'Shouting', tactics: [], status: 'deprecated' },
    },
    software: {
      S9001: { name: 'Knocker', techniques: ['T9001'] },
      S9002: { name: 'Old Knocker', techniques: [], status: 'revoked', replacement: 'S9001' },
    },
  });
});

test('an id that was given anew stands for the object in use', () => {
  const old = {
    ...object('attack-pattern', 'T9001', 'Old'),
    id: 'attack-pattern--0',
    revoked: true,
  };
  for (const objects of [
    [old, ...bundle.objects],
    [...bundle.objects, old],
  ]) {
    const attack = read(JSON.stringify({ objects }));
    expect(attack.ok && attack.value.techniques['T9001']).toMatchObject({ name: 'Knocking' });
  }
});

test('successors that name one another have no replacement', () => {
  const objects = [
    object('attack-pattern', 'T1', 'A', { revoked: true }),
    link('revoked-by', 'attack-pattern--T1', 'attack-pattern--T1'),
  ];
  const attack = read(JSON.stringify({ objects }));
  expect(attack.ok && attack.value.techniques['T1']).toEqual({
    name: 'A',
    tactics: [],
    status: 'revoked',
  });
});

test.each(['', '[]', 'null', '{"objects": 1}', '{'])('%j is no bundle', (text) => {
  expect(read(text).diagnostics.map(({ code }) => code)).toEqual(['pack/attack-file']);
});

test('tags that a bundle does not know, or no longer has, are told with the replacement', () => {
  const attack = read(JSON.stringify(bundle));
  const text = ruleText(
    'Tagged',
    'tags: [attack.mischief, attack.t9001, attack.t9003, attack.t9004, attack.s9002, attack.t9999]\n',
  );
  const problems = attackProblems(
    resolve(parse([{ name: 'rule.yml', text }])),
    attack.ok ? attack.value : (undefined as never),
  );
  expect(
    problems.map(({ severity, message, help, span }) => [
      severity,
      message,
      help,
      text.slice(span!.start, span!.end),
    ]),
  ).toEqual([
    ['warning', 'the ATT&CK id T9003 is revoked', 'attack.t9001', 'attack.t9003'],
    ['warning', 'the ATT&CK id T9004 is deprecated', undefined, 'attack.t9004'],
    ['warning', 'the ATT&CK id S9002 is revoked', 'attack.s9001', 'attack.s9002'],
    ['info', 'the ATT&CK id T9999 is not in version 99.1', undefined, 'attack.t9999'],
  ]);
});

test('check takes a bundle, and names it when it is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'isosigma-'));
  const [file, rule] = [join(folder, 'attack.json'), join(folder, 'rule.yml')];
  await writeFile(file, JSON.stringify(bundle));
  await writeFile(rule, ruleText('Tagged', 'tags: [attack.t9003]\n'));
  const codes = (path: string) => {
    const { stdout } = isosigma(['check', rule, '--attack', path, '--format', 'json']);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    return diagnostics.map(({ code }) => code).filter((code) => code.startsWith('pack/'));
  };
  expect(codes(file)).toEqual(['pack/attack-revoked']);
  expect(codes(rule)).toEqual(['pack/attack-file']);
});

test('names of a bundle stand in the artefacts', async () => {
  const attack = read(JSON.stringify(bundle));
  const { files, manifest } = await packOf(
    [ruleText('Tagged', 'tags: [attack.s9001, attack.t9001]\n')],
    ['elastic-ndjson', 'navigator'],
    { ...(attack.ok && { attack: attack.value }) },
  );
  expect(manifest.attack).toBe('99.1');
  expect(JSON.parse(files.get('elastic/detection-rules.ndjson')!)).toMatchObject({
    threat: [{ tactic: { name: 'Mischief' }, technique: [{ id: 'T9001', name: 'Knocking' }] }],
  });
  expect(JSON.parse(files.get('attack/navigator-layer.json')!)).toMatchObject({
    versions: { attack: '99', layer: '4.5' },
    techniques: [{ techniqueID: 'T9001' }],
  });
});
