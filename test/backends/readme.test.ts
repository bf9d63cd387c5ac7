import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { meaning, tests, type Form, type Manifest, type TestKey } from '../../src/plan/index.js';
import { backendIds } from '../../src/render/index.js';

const marker = '<!-- From here on generated: npx vitest run test/backends -u -->';

/** The table of what each context can say, out of the manifest. */
function tables(manifest: Manifest): string {
  return Object.entries(manifest.contexts)
    .map(([name, { tests: entries }]) => {
      const rows = tests.map((key) => rowOf(key, entries[key]));
      return [
        `## What \`${name}\` can say`,
        '',
        '| key | meaning | text | exact on |',
        '|---|---|---|---|',
        ...rows,
        '',
      ].join('\n');
    })
    .join('\n');
}

function rowOf(key: TestKey, entry: Manifest['contexts'][string]['tests'][TestKey]): string {
  const head = `| \`${key}\` | ${meaning[key]}`;
  if ('unsupported' in entry) return `${head} | — ${entry.unsupported} | |`;
  const ways = 'text' in entry ? [entry] : entry;
  const texts = ways.flatMap(({ text, list }) => (list === undefined ? [text] : [text, list]));
  const classes = new Set(ways.flatMap((way) => way.classes ?? []));
  return `${head} | ${texts.map(code).join('<br>')} | ${[...classes].join(', ') || 'all data'} |`;
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|');
}

function code(text: string): string {
  return `\`${plain(text)}\``;
}

/** The table of the forms in which correlations are said, in the order in which they are tried. */
function formsTable({ correlations }: Manifest): string {
  const rows = correlations.forms.map((form) => {
    const what = `${form.types.join(', ')} | ${form.windows.join(', ')} | ${conditionsOf(form)}`;
    if (form.unsupported !== undefined) {
      return `| \`${form.id}\` | ${what} | — ${plain(form.unsupported)} | ${plain(form.alternative ?? '')} |`;
    }
    const union = form.expansion === undefined ? '' : ` (union: ${form.expansion})`;
    const classes = (form.classes ?? []).join(', ') || 'all data';
    return `| \`${form.id}\` | ${what} | ${classes}${union} | ${(form.assumptions ?? []).join(', ')} |`;
  });
  return [
    '## How correlations are said',
    '',
    'The first form that covers a correlation is taken.',
    '',
    '| form | types | windows | conditions | exact on | assumes, or what to do instead |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function conditionsOf(form: Form): string {
  const { extended, monotone, count, rules, keys, missingKeys, finite, sameKeys } = form;
  const between = (name: string, limits: Form['count']) =>
    limits ? [`${name} ${rangeOf(limits)}`] : [];
  return [
    ...(extended === true ? ['expressions over rules'] : []),
    ...(monotone === true ? ['lower bounds'] : []),
    ...between('count', count),
    ...between('rules', rules),
    ...between('keys', keys),
    ...(missingKeys === 'drop' ? ['events without a key dropped'] : []),
    ...(finite === true ? ['values listed by the rule'] : []),
    ...(sameKeys === true ? ['keys in the same fields'] : []),
  ].join(', ');
}

function rangeOf({ min, max }: NonNullable<Form['count']>): string {
  if (min === undefined) return `up to ${max!}`;
  if (max === undefined) return `from ${min}`;
  return min === max ? String(min) : `${min} to ${max}`;
}

test.each(backendIds)('the page of %s tells what its manifest says', async (id) => {
  const path = `backends/${id}/README.md`;
  const [written] = readFileSync(path, 'utf8').split(marker);
  const manifest = load(readFileSync(`backends/${id}/backend.yml`, 'utf8')) as Manifest;
  await expect(
    `${written!}${marker}\n\n${tables(manifest)}\n${formsTable(manifest)}`,
  ).toMatchFileSnapshot(`../../${path}`);
});
