import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';
import Ajv from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import {
  assumptions,
  connectives,
  expressionOf,
  tests,
  type ContextManifest,
  type Manifest,
  type TestManifest,
} from '../../src/plan/index.js';
import { backendIds } from '../../src/render/index.js';

const schema = JSON.parse(readFileSync('schema/backend.schema.json', 'utf8')) as {
  $defs: { context: { properties: Record<string, { required: string[] }> } };
};
const validate = new Ajv.default({ allErrors: true, allowUnionTypes: true })
  .addFormat('expression', (source) => {
    try {
      return expressionOf(source) instanceof RegExp;
    } catch {
      return false;
    }
  })
  .compile(schema);
const manifests = backendIds.map((id) => read(id));

function read(id: string): Manifest {
  return load(readFileSync(`backends/${id}/backend.yml`, 'utf8')) as Manifest;
}

function contextsOf(manifest: Manifest): readonly ContextManifest[] {
  return Object.values(manifest.contexts);
}

function testsOf(manifest: Manifest): readonly TestManifest[] {
  return contextsOf(manifest)
    .flatMap((context) => Object.values(context.tests))
    .flat()
    .filter((entry): entry is TestManifest => 'text' in entry);
}

test('every folder of backends/ is a backend of the package', () => {
  expect(readdirSync('backends').sort()).toEqual([...backendIds]);
});

test('the schema asks every manifest for every operator', () => {
  const required = schema.$defs.context.properties;
  expect(required['connectives']!.required).toEqual([...connectives]);
  expect(required['tests']!.required).toEqual([...tests]);
});

test.each(manifests)('$id follows the schema', (manifest) => {
  expect(validate(manifest), JSON.stringify(validate.errors)).toBe(true);
});

test.each(manifests)('$id without an operator does not follow the schema', (manifest) => {
  const [name, context] = Object.entries(manifest.contexts)[0]!;
  const rest = Object.fromEntries(Object.entries(context.tests).filter(([key]) => key !== 'regex'));
  const poorer = {
    ...manifest,
    contexts: { ...manifest.contexts, [name]: { ...context, tests: rest } },
  };
  expect(validate(poorer)).toBe(false);
});

test('an expression that no engine of code points reads does not follow the schema', () => {
  const manifest = read('kql');
  const source = { bare: '\\-', quoting: 'none' };
  expect(validate({ ...manifest, source })).toBe(false);
  expect(validate({ ...manifest, source: { ...source, bare: '-' } })).toBe(true);
});

test.each(manifests)('$id names only literals, quotings and assumptions that exist', (manifest) => {
  const used = testsOf(manifest);
  const values = new Set(used.flatMap(({ value }) => value ?? []));
  expect([...values].sort()).toEqual(Object.keys(manifest.literals).sort());
  const quotings = [
    ...Object.values(manifest.literals),
    ...contextsOf(manifest).map(({ field }) => field),
    ...(manifest.source ? [manifest.source] : []),
  ].map(({ quoting }) => quoting);
  expect([...new Set(quotings)].sort()).toEqual(Object.keys(manifest.quotings).sort());
  for (const id of [...manifest.assumptions, ...used.flatMap((each) => each.assumptions ?? [])]) {
    expect(Object.keys(assumptions)).toContain(id);
  }
});

test.each(manifests)('$id takes a value exactly where its text has a slot for one', (manifest) => {
  for (const { text, list, value } of testsOf(manifest)) {
    expect(text.includes('{value}'), text).toBe(value !== undefined);
    if (list !== undefined) expect(value, list).toBeDefined();
  }
});

test.each(manifests)('$id never mixes and with or without parentheses', (manifest) => {
  for (const { connectives: words } of contextsOf(manifest)) {
    for (const key of ['and', 'or'] as const) {
      // What encloses its operands keeps them apart by itself.
      if (words[key].text.includes('[{operands}]')) continue;
      expect(words[key].operand).toBeGreaterThan(words.and.strength);
      expect(words[key].operand).toBeGreaterThan(words.or.strength);
    }
  }
});

test.each(manifests)(
  '$id gives a text of two conditions the strength of their connective',
  (manifest) => {
    for (const { connectives: words, tests: entries, guard } of contextsOf(manifest)) {
      const texts = Object.values(entries)
        .flat()
        .filter((entry): entry is TestManifest => 'text' in entry);
      for (const { text, strength } of guard ? [...texts, guard] : texts) {
        for (const key of ['and', 'or'] as const) {
          if (text.includes(` ${words[key].text} `)) {
            expect(strength, text).toBe(words[key].strength);
          }
        }
      }
    }
  },
);
