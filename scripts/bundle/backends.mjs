// Every backends/<id>/ becomes src/bundled/backend-<id>.ts: the manifest, checked against
// schema/backend.schema.json, and the templates, precompiled, so that no run reads a file, parses
// YAML or compiles a template. backends.ts names them all and loads each on demand.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import Handlebars from 'handlebars';
import { load } from 'js-yaml';

const layoutOnly = { noEscape: true, strict: true, knownHelpersOnly: true, preventIndent: true };

export default function backends(root) {
  const folder = join(root, 'backends');
  const schema = JSON.parse(readFileSync(join(root, 'schema', 'backend.schema.json'), 'utf8'));
  const ajv = new Ajv.default({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.addFormat('expression', isExpression).compile(schema);
  const ids = readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, 'backend.yml')))
    .sort();
  const modules = ids.map((id) => {
    const manifest = load(readFileSync(join(folder, id, 'backend.yml'), 'utf8'));
    if (!validate(manifest)) {
      const problems = validate.errors.map((each) => `${each.instancePath} ${each.message}`);
      throw new Error(`backends/${id}/backend.yml:\n${problems.join('\n')}`);
    }
    return [
      `backend-${id}.ts`,
      moduleOf(
        { ...manifest, version: versionOf(join(folder, id)), verified: hasInterpreter(root, id) },
        join(folder, id),
      ),
    ];
  });
  return Object.fromEntries([...modules, ['backends.ts', indexOf(ids)]]);
}

/** Whether something runs the queries of the language, so that they can be verified. */
function hasInterpreter(root, id) {
  return existsSync(join(root, 'src', 'dialects', id, 'index.ts'));
}

/** As src/plan/expression.ts reads it. */
function isExpression(source) {
  try {
    return new RegExp(source, 'su') !== undefined;
  } catch {
    return false;
  }
}

function moduleOf(manifest, folder) {
  const stages = readdirSync(join(folder, 'stages')).sort();
  return [
    '// @ts-nocheck',
    '/* eslint-disable */',
    `export const manifest = JSON.parse(${JSON.stringify(JSON.stringify(manifest))});`,
    `export const query = ${template(join(folder, 'query.hbs'))};`,
    `export const correlation = ${template(join(folder, 'correlation.hbs'))};`,
    'export const stages = {',
    ...stages.map(
      (file) => `${JSON.stringify(file.slice(0, -4))}: ${template(join(folder, 'stages', file))},`,
    ),
    '};',
    '',
  ].join('\n');
}

/** What a pack names a language by: it changes when a word or a layout does. */
function versionOf(folder) {
  const hash = createHash('sha256');
  const files = readdirSync(join(folder, 'stages')).map((name) => join('stages', name));
  for (const name of ['backend.yml', 'query.hbs', 'correlation.hbs', ...files.sort()])
    hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

function template(file) {
  return Handlebars.precompile(readFileSync(file, 'utf8').replace(/\n$/, ''), layoutOnly);
}

function indexOf(ids) {
  return [
    '/* eslint-disable */',
    `export const backendIds = ${JSON.stringify(ids)} as const;`,
    'export type BackendId = (typeof backendIds)[number];',
    'export const backendModules: Readonly<Record<BackendId, () => Promise<{',
    '  readonly manifest: unknown;',
    '  readonly query: unknown;',
    '  readonly correlation: unknown;',
    '  readonly stages: Readonly<Record<string, unknown>>;',
    '}>>> = {',
    ...ids.map((id) => `  ${JSON.stringify(id)}: () => import('./backend-${id}.js'),`),
    '};',
    '',
  ].join('\n');
}
