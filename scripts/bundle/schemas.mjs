// Every schema/<name>.schema.json becomes src/bundled/<name>-schema.ts with one export:
// `validate`, a function that ajv generated, so that no run compiles a schema and the package
// works under a content security policy. src/syntax/yaml/schema.ts has its type (SchemaValidator)
// and places its errors in a YAML text. Schemas are draft 2020-12, use `pattern` rather than
// `format`, and refer to one another by `<name>.schema.json`. That of manifests is for backends.mjs alone.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';

const suffix = '.schema.json';

// What the generated code asks of ajv at run time, written out: ESM has no `require`.
const runtime = {
  'require("ajv/dist/runtime/ucs2length").default': '(text) => [...text].length',
};

export default function schemas(root) {
  const folder = join(root, 'schema');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(suffix) && file !== `backend${suffix}`)
    .sort();
  const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return Object.fromEntries(
    files.map((file) => {
      const ajv = new Ajv.default({
        allErrors: true,
        strict: true,
        allowUnionTypes: true,
        strictRequired: false,
        verbose: true,
        discriminator: true,
        code: { source: true, esm: true },
      });
      for (const other of files) if (other !== file) ajv.addSchema(read(other), other);
      return [`${file.slice(0, -suffix.length)}-schema.ts`, moduleOf(file, ajv, read(file))];
    }),
  );
}

function moduleOf(file, ajv, schema) {
  let code = standaloneCode.default(ajv, ajv.compile(schema));
  for (const [call, text] of Object.entries(runtime)) code = code.replaceAll(call, () => text);
  if (code.includes('require(')) {
    throw new Error(`schema/${file}: ${/require\([^)]*\)/.exec(code)[0]} is not written out yet`);
  }
  const name = /export default (\w+);/.exec(code)[1];
  const body = code
    .replace('"use strict";', '')
    .replace(/export const validate = \w+;/, '')
    .replace(/export default \w+;/, '');
  return [
    '// @ts-nocheck',
    '/* eslint-disable */',
    body,
    `export const validate = ${name} as unknown as {`,
    '  (value: unknown): boolean;',
    '  errors?: readonly {',
    '    readonly instancePath: string;',
    '    readonly schemaPath: string;',
    '    readonly keyword: string;',
    '    readonly params: Readonly<Record<string, unknown>>;',
    '    readonly message?: string;',
    '    readonly parentSchema?: { readonly properties?: object; readonly description?: string };',
    '  }[] | null;',
    '};',
    '',
  ].join('\n');
}
