import { gunzipSync } from 'fflate';
import { load } from 'js-yaml';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { readConf, readTar } from './conf.js';
import { packOf, ruleText } from './pack.js';

/** Texts that want to be more than a text where they stand. */
const hostile = [
  'x\n[default]\ndisabled = 0',
  "[concat('a', reference('b').c)]",
  'x\\',
  '../../etc/passwd',
  '..\\..\\x',
  '{{AccountName}} {{ config }} {% raw %}',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '| a | b |\n# heading\n```\nfence',
  '"quotes" \'and\' `ticks`',
  'nul\0 and \u202Eturned\u2066',
  ': yaml: [\n  id: other\n---\nid: other',
  '[link](javascript:alert(1))',
  '$result.user$',
  'constructor',
  '',
];

const rule = (text: string) =>
  ruleText(
    text === '' ? ' ' : text,
    `description: ${JSON.stringify(text)}
author: ${JSON.stringify(text)}
references: [${JSON.stringify(text)}, 'https://example.com/a"><script>']
falsepositives: [${JSON.stringify(text)}]
isosigma: { ads: { example: ${JSON.stringify(text)}, triage: [${JSON.stringify(text)}] } }
`,
  );

test.each(hostile)('a rule called %j stays one rule in a Splunk app', async (text) => {
  const { bytes } = await packOf([rule(text)], ['splunk-app']);
  const app = bytes.find(({ path }) => path.endsWith('.spl'))!;
  const files = new Map(readTar(gunzipSync(app.bytes)).map(({ path, text: body }) => [path, body]));
  const searches = readConf(files.get('test_pack/default/savedsearches.conf')!);
  expect(searches.size).toBe(1);
  const [[name, keys] = ['', new Map<string, string>()]] = searches;
  expect(name).toMatch(/ - Rule$/);
  expect(name).not.toMatch(/[[\]]/);
  expect(keys.get('disabled')).toBe('1');
  expect(keys.get('search')).toMatch(/_filter`$/);
  expect([...keys.values()].every((value) => !value.endsWith('\\'))).toBe(true);
  expect(keys.get('action.notable.param.rule_title')).not.toMatch(/\$/);
  expect(readConf(files.get('test_pack/default/macros.conf')!).size).toBe(1);
});

test.each(hostile)('a rule called %j is data in YAML, JSON and TOML', async (text) => {
  const { files } = await packOf(
    [rule(text)],
    ['sentinel-yaml', 'sentinel-arm', 'elastic-ndjson', 'elastic-toml', 'navigator'],
  );
  for (const [path, body] of files) {
    const value = path.endsWith('.yaml')
      ? load(body)
      : path.endsWith('.toml')
        ? parseToml(body)
        : undefined;
    if (path.endsWith('.yaml')) {
      expect(body).toMatch(/^[\n\x20-\x7e]*$/);
      expect((value as { id: string }).id).toBe('6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21');
    }
    if (path.endsWith('.toml')) expect((value as { rule: { type: string } }).rule.type).toBe('eql');
    if (path.endsWith('.ndjson'))
      expect(
        body
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toHaveLength(1);
  }
  const arm = JSON.parse(files.get('sentinel/analytics-rules.json')!) as {
    resources: { properties: Record<string, unknown> }[];
  };
  const { displayName, description } = arm.resources[0]!.properties;
  for (const each of [displayName, description] as string[])
    expect(each.startsWith('[') && each.endsWith(']') && !each.startsWith('[[')).toBe(false);
});

test.each(hostile)('a rule called %j runs nothing in documents', async (text) => {
  const { files } = await packOf([rule(text)], ['ads', 'ads-mkdocs', 'coverage']);
  for (const [path, body] of files) {
    if (path === 'manifest.json') continue;
    expect(path).toMatch(/^(?:ads|docs|attack)\/[a-z0-9_.]+$/);
    expect(body).not.toMatch(/(?<!\\)<(?:script|img)/);
    if (path.endsWith('.md')) expect(body).not.toMatch(/(?<!\\)\]\(javascript:/i);
    expect(body).not.toMatch(/[\0\u202e\u2066]/);
    if (path.startsWith('ads/')) {
      expect(body.replace(/\{\{ '\{[{%#]' \}\}/g, '')).not.toMatch(/\{\{(?!mitre\()|\{%/);
    }
  }
});
