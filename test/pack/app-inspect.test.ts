import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readConf, readTar } from './conf.js';
import { packOf, ruleText } from './pack.js';

const root = join(import.meta.dirname, '../../rules');
const ours = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.yml$/.test(name))
  .sort()
  .map((name) => readFileSync(join(root, name), 'utf8'));

/** An app of all our rules, and of one whose words are too long and whose date is known. */
async function app() {
  const long = ruleText('A long title '.repeat(20), 'date: 2024-02-09\nmodified: 2025-03-01\n');
  const { bytes } = await packOf([...ours, long], ['splunk-app'], {
    schedule: { frequency: '1m', suppress: '1h' },
    levels: { low: { frequency: '7h' }, medium: { frequency: '2d' } },
  });
  const packed = bytes.find(({ path }) => path.endsWith('.spl'))!.bytes;
  expect([...packed.slice(0, 2)]).toEqual([0x1f, 0x8b]);
  const entries = readTar(gunzipSync(packed));
  const conf = (path: string) => readConf(entries.find((each) => each.path === path)!.text);
  return { entries, conf };
}

// What AppInspect checks of a package (check_packaging_standards), on the archive itself.
test('the archive has one app folder, with nothing hidden, local or unreadable in it', async () => {
  const { entries } = await app();
  const paths = entries.map(({ path }) => path);
  expect(new Set(paths.map((path) => path.split('/')[0]))).toEqual(new Set(['test_pack']));
  for (const path of paths) {
    expect(path).not.toMatch(/^\.|\/\.|__MACOSX|\/\/|\\/);
    expect(path).not.toMatch(/\/local\/|local\.meta$/);
  }
  for (const { mode, type } of entries)
    expect(mode & (type === '5' ? 0o700 : 0o600)).toBe(type === '5' ? 0o700 : 0o600);
  expect(paths).toContain('test_pack/default/app.conf');
  expect(paths).toContain('test_pack/README.md');
});

test('app.conf has one name and one semantic version, and asks for no update', async () => {
  const { conf } = await app();
  const stanzas = conf('test_pack/default/app.conf');
  expect([...stanzas.keys()]).toEqual(['install', 'ui', 'launcher', 'package', 'id']);
  const at = (stanza: string, key: string) => stanzas.get(stanza)!.get(key);
  expect([at('package', 'id'), at('id', 'name')]).toEqual(['test_pack', 'test_pack']);
  expect([at('launcher', 'version'), at('id', 'version')]).toEqual(['1.0.0', '1.0.0']);
  expect(at('package', 'check_for_updates')).toBe('false');
  expect([at('ui', 'label'), at('launcher', 'author')]).toEqual(['Test pack', 'Nobody']);
});

test('the metadata export what the app has, and give nobody but administrators its words', async () => {
  const { conf } = await app();
  const meta = conf('test_pack/metadata/default.meta');
  expect(Object.fromEntries(meta.get('')!)).toEqual({
    access: 'read : [ * ], write : [ admin, sc_admin ]',
    export: 'system',
  });
});

test('no search is global, real-time, too frequent, unbounded or sends mail', async () => {
  const { conf } = await app();
  const searches = conf('test_pack/default/savedsearches.conf');
  const macros = conf('test_pack/default/macros.conf');
  expect(searches.size).toBeGreaterThan(40);
  const crons = new Set<string>();
  for (const [stanza, keys] of searches) {
    expect(stanza).not.toBe('default');
    // Enterprise Security clones a search as "<domain> - <stanza> - Rule", in at most 99 characters.
    expect(stanza.length).toBeLessThanOrEqual(81);
    expect(keys.get('action.correlationsearch.label')!.length).toBeLessThanOrEqual(81);
    crons.add(keys.get('cron_schedule')!);
    expect(keys.get('dispatch.earliest_time')).toMatch(/^-[1-9]\d*m@m$/);
    expect(keys.get('dispatch.latest_time')).toMatch(/^-\d+m@m$/);
    expect(keys.get('realtime_schedule')).toBe('0');
    expect(keys.get('description')).not.toBe('');
    expect(keys.get('search')).not.toBe('');
    const [, filter] = /`(\w+_filter)`$/.exec(keys.get('search')!)!;
    expect(macros.get(filter!)!.get('definition')).toBe('search *');
    expect(keys.get('alert.suppress.period')).toMatch(/^\d+[smh]$/);
    expect(keys.get('action.correlationsearch.detection_type')).toBe('ebd');
    expect([...keys.keys()].filter((key) => key.startsWith('action.email'))).toEqual([]);
    for (const json of ['annotations', 'metadata'] as const)
      expect(
        () => JSON.parse(keys.get(`action.correlationsearch.${json}`)!) as unknown,
      ).not.toThrow();
    const risk = keys.get('action.risk.param._risk');
    if (risk !== undefined)
      for (const each of JSON.parse(risk) as Record<string, unknown>[])
        expect(Object.keys(each)).toEqual(['risk_object_field', 'risk_object_type', 'risk_score']);
  }
  // Asked for every minute, seven hours and two days.
  expect(crons).toEqual(new Set(['*/5 * * * *', '0 */6 * * *', '0 0 * * *']));
});

test('Enterprise Security is told id, version and day of a search', async () => {
  const { conf } = await app();
  const searches = conf('test_pack/default/savedsearches.conf');
  const [, keys] = [...searches].find(([stanza]) => stanza.startsWith('A long title'))!;
  expect(JSON.parse(keys.get('action.correlationsearch.metadata')!)).toEqual({
    detection_id: '6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21',
    deprecated: '0',
    detection_version: '1',
    publish_time: Date.UTC(2025, 2, 1) / 1000,
  });
});
