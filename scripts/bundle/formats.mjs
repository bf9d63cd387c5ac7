// Every templates/<id>/ becomes src/bundled/format-<id>.ts: format.yml, checked against
// schema/format.schema.json, and its Handlebars files, precompiled. formats.ts names them all and
// loads each on demand. templates/attack.yml becomes attack.ts, the ATT&CK names that are built in.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import Handlebars from 'handlebars';
import { load } from 'js-yaml';

const layoutOnly = { noEscape: true, strict: true, knownHelpersOnly: true, preventIndent: true };

export default function formats(root) {
  const folder = join(root, 'templates');
  const schema = JSON.parse(readFileSync(join(root, 'schema', 'format.schema.json'), 'utf8'));
  const validate = new Ajv.default({ allErrors: true, allowUnionTypes: true }).compile(schema);
  const ids = readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, 'format.yml')))
    .sort();
  const modules = ids.map((id) => {
    const format = load(readFileSync(join(folder, id, 'format.yml'), 'utf8'));
    if (!validate(format)) {
      const problems = validate.errors.map((each) => `${each.instancePath} ${each.message}`);
      throw new Error(`templates/${id}/format.yml:\n${problems.join('\n')}`);
    }
    for (const { template, slots } of format.files) if (template) refuseBareSlots(id, slots);
    return [`format-${id}.ts`, moduleOf({ id, ...format }, join(folder, id))];
  });
  const attack = load(readFileSync(join(folder, 'attack.yml'), 'utf8'));
  return Object.fromEntries([
    ...modules,
    ['formats.ts', indexOf(ids)],
    ['attack.ts', `/* eslint-disable */\nexport const attack = ${text(attack)};\n`],
  ]);
}

/** What a text template lays out must have been encoded for its place. */
function refuseBareSlots(id, node) {
  if (typeof node === 'string') {
    for (const [slot] of node.matchAll(/\$\{[^|}]*\}/g))
      throw new Error(`templates/${id}/format.yml: the slot ${slot} has no encoder`);
  } else if (node !== null && typeof node === 'object') {
    if (node.$encode) return;
    for (const [key, each] of Object.entries(node)) {
      if (!['$each', '$if'].includes(key)) refuseBareSlots(id, each);
    }
  }
}

function moduleOf(format, folder) {
  const templates = readdirSync(folder).filter((file) => file.endsWith('.hbs'));
  return [
    '// @ts-nocheck',
    '/* eslint-disable */',
    `export const format = ${text(format)};`,
    'export const templates = {',
    ...templates
      .sort()
      .map((file) => `${JSON.stringify(file.slice(0, -4))}: ${compiled(join(folder, file))},`),
    '};',
    '',
  ].join('\n');
}

const text = (value) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;

function compiled(file) {
  return Handlebars.precompile(readFileSync(file, 'utf8'), layoutOnly);
}

function indexOf(ids) {
  return [
    '/* eslint-disable */',
    `export const formatIds = ${JSON.stringify(ids)} as const;`,
    'export type FormatId = (typeof formatIds)[number];',
    'export const formatModules: Readonly<Record<FormatId, () => Promise<{',
    '  readonly format: unknown;',
    '  readonly templates: Readonly<Record<string, unknown>>;',
    '}>>> = {',
    ...ids.map((id) => `  ${JSON.stringify(id)}: () => import('./format-${id}.js'),`),
    '};',
    '',
  ].join('\n');
}
