import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { packOf, ruleText } from './pack.js';
import { readForm } from './read-form.js';

const root = join(import.meta.dirname, '..', '..');
const seed = readFileSync(
  join(root, 'test/pack/form/S0650-Qakbot-Post-compromise-commands.md'),
  'utf8',
);
const outsideQuery = (form: string) => form.replace(/^```[^]*^```$/m, '');

test('the Qakbot rule gives the form that it restates, all but its query to the letter', async () => {
  const rule = readFileSync(
    join(root, 'rules/windows/hunting/qakbot_commands_in_a_month.yml'),
    'utf8',
  );
  const { files } = await packOf([rule], ['sentinel-hunting', 'ads']);
  const form = [...files].find(([path]) => path.startsWith('ads/'))![1];
  expect(outsideQuery(form)).toBe(outsideQuery(seed));
});

test('a form that the rule holds as Markdown comes out byte for byte', async () => {
  const extra = dump({ isosigma: { ads: readForm(seed) } });
  const { files } = await packOf([ruleText('Form', extra)], ['ads']);
  expect([...files].find(([path]) => path.startsWith('ads/'))![1]).toBe(seed);
});

test('a form shows one query a language, whichever targets have it', async () => {
  const { files } = await packOf(
    [ruleText('Form')],
    ['sentinel-yaml', 'sentinel-hunting', 'splunk-app', 'ads'],
  );
  const [, form] = [...files].find(([path]) => path.startsWith('ads/'))!;
  expect(form.match(/^```\n[^]*?^```$/gm)).toHaveLength(2);
});

// The forms are not part of the repository: this runs where they lie beside it.
const folder = join(root, '..', 'shared', 'ads');

test.skipIf(!existsSync(folder))('the forms of the collection come out byte for byte', async () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const differing: string[] = [];
  for (const name of names) {
    const form = readFileSync(join(folder, name), 'utf8');
    const extra = dump({ isosigma: { ads: readForm(form) } });
    const { files } = await packOf([ruleText('Form', extra)], ['ads']);
    if ([...files].find(([path]) => path.startsWith('ads/'))![1] !== form) differing.push(name);
  }
  expect(names.length).toBeGreaterThan(20);
  expect(differing).toEqual([]);
});
