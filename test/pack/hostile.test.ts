import { gunzipSync, strFromU8, unzipSync } from 'fflate';
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
  "[[concat('a')]",
  '!!js/function x: &a *a',
  '"""\n[other]\nid = 1',
  '</style></title><iframe src="//x">',
  '{{#each rules}}{{{this}}}{{/each}} !{osquery{"query":"q"}}',
  '&lt;script&gt; &#60;img&#62;',
  'constructor',
  '__proto__',
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
    if (/^(?:source\/|manifest\.json$)/.test(path)) continue;
    expect(path).toMatch(/^(?:ads|docs|attack)\/[a-z0-9_.]+$/);
    expect(body).not.toMatch(/(?<!\\)<(?:script|img)/);
    if (path.endsWith('.md')) expect(body).not.toMatch(/(?<!\\)\]\(javascript:/i);
    expect(body).not.toMatch(/[\0\u202e\u2066]/);
    if (path.startsWith('docs/')) expect(body).not.toMatch(/\{[{%#]/);
    if (path.startsWith('ads/')) {
      expect(body.replace(/\{\{ '\{[{%#]' \}\}/g, '')).not.toMatch(/\{\{(?!mitre\()|\{%/);
    }
  }
});

/** All formats whose artefacts are values, by their syntax. */
const formats = [
  'sentinel-yaml',
  'sentinel-arm',
  'sentinel-hunting',
  'sentinel-solution',
  'elastic-ndjson',
  'elastic-toml',
  'navigator',
  'sigma',
  'coverage',
] as const;

const publisher = {
  id: 'acme',
  offer: 'core',
  support: { name: 'Acme', tier: 'Partner' },
} as const;

const plain = 'A plain text';

/** The artefacts of a pack of one rule, those in archives too, whose paths are given without their titles. */
async function artefacts(yaml: string): Promise<ReadonlyMap<string, string>> {
  const { bytes } = await packOf([yaml], formats, { publisher });
  const defender = await packOf([yaml], ['defender-xdr'], { pipeline: 'defender-xdr' });
  return new Map(
    [...bytes, ...defender.bytes]
      .filter(({ path }) => path !== 'manifest.json')
      .flatMap(({ path, bytes: content }) =>
        path.endsWith('.zip')
          ? Object.entries(unzipSync(content)).map(
              ([name, inner]) => [`${path}/${name}`, strFromU8(inner)] as const,
            )
          : [[path.replace(/\/[a-z0-9_]*_6b7e3d0c\./, '/rule.'), strFromU8(content)] as const],
      ),
  );
}

function valueOf(path: string, text: string): unknown {
  if (path.endsWith('.json')) return JSON.parse(text);
  if (path.endsWith('.ndjson'))
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  if (path.endsWith('.toml')) return parseToml(text);
  return path.endsWith('.yaml') ? load(text) : undefined;
}

/** The keys of an artefact, and the texts in it that an Azure deployment would evaluate. */
function bones(path: string, text: string): readonly string[] {
  const isArm = /analytics-rules\.json|solution/.test(path);
  return bonesOf(valueOf(path, text)).filter((bone) => isArm || !bone.startsWith('='));
}

function bonesOf(value: unknown, way = ''): readonly string[] {
  if (typeof value === 'string') return /^\[(?!\[).*\]$/s.test(value) ? [`=${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const next = Array.isArray(value) ? way : `${way}/${key}`;
    return [...(Array.isArray(value) ? [] : [next]), ...bonesOf(each, next)];
  });
}

test.each(hostile)('a rule that says %j has the bones of any other', async (text) => {
  const [usual, odd] = [await artefacts(rule(plain)), await artefacts(rule(text))];
  expect([...odd.keys()]).toEqual([...usual.keys()]);
  for (const [path, body] of odd) {
    const known = new Set(bones(path, usual.get(path)!));
    const found = bones(path, body);
    expect([path, found.filter((bone) => !known.has(bone))]).toEqual([path, []]);
    if (path.endsWith('.html')) {
      const tags = (html: string) => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
      expect(tags(body)).toEqual(tags(usual.get(path)!));
    }
  }
});

/** The text is what a rule looks for, and so stands in queries. */
const seeking = (text: string) =>
  ruleText('Seeker').replace('|contains: whoami', `: ${JSON.stringify([text, 'whoami'])}`);

test.each(hostile)('a rule that looks for %j is one rule with one query', async (text) => {
  const [usual, odd] = [await artefacts(seeking(plain)), await artefacts(seeking(text))];
  for (const [path, body] of odd) {
    const known = new Set(bones(path, usual.get(path)!));
    const found = bones(path, body);
    expect([path, found.filter((bone) => !known.has(bone))]).toEqual([path, []]);
  }
  const { bytes, files } = await packOf([seeking(text)], ['splunk-app', 'ads']);
  const app = bytes.find(({ path }) => path.endsWith('.spl'))!;
  const entries = new Map(readTar(gunzipSync(app.bytes)).map((each) => [each.path, each.text]));
  const searches = readConf(entries.get('test_pack/default/savedsearches.conf')!);
  expect(searches.size).toBeLessThanOrEqual(1);
  for (const keys of searches.values()) expect(keys.get('search')).toMatch(/_filter`$/);
  const form = [...files].find(([path]) => path.startsWith('ads/'))![1];
  expect(form.match(/^#+ /gm)).toHaveLength(4);
  expect(form.replace(/\{\{ '\{[{%#]' \}\}/g, '')).not.toMatch(/\{\{|\{[%#]/);
});
