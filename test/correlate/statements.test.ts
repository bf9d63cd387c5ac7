import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutants, ownVectors, vectors } from './vectors.js';

const page = readFileSync(new URL('../../docs/semantics-correlations.md', import.meta.url), 'utf8');

/** The statements of the page, each with the vectors that it names. */
const statements = [...page.matchAll(/^- \*\*C(\d+)\*\*((?:.|\n {2})+)/gm)].map(
  ([, number, text = '']) => ({
    number: Number(number),
    vectors: [...text.matchAll(/`((?:own-)?[a-z]+-[\w-]+)`/g)]
      .map(([, name]) => name!)
      .filter((name) => name !== 'on-missing-key'),
  }),
);

test('statements are numbered from 1 without a gap', () => {
  expect(statements.map(({ number }) => number)).toEqual(statements.map((_, index) => index + 1));
  expect(statements.length).toBeGreaterThan(20);
});

test('every statement names vectors, and only such as there are', () => {
  const names = new Set(vectors.map(({ name }) => name));
  for (const statement of statements) {
    expect(statement.vectors, `C${statement.number}`).not.toEqual([]);
    expect(statement.vectors.filter((name) => !names.has(name))).toEqual([]);
  }
});

test('every vector is named by a statement', () => {
  const named = new Set(statements.flatMap((statement) => statement.vectors));
  expect(vectors.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
});

test('every wrong reading that the public set lists is killed by a vector', () => {
  const killed = new Set(vectors.flatMap(({ kills }) => kills));
  expect(mutants.filter((mutant) => !killed.has(mutant))).toEqual([]);
  const known = new Set(mutants);
  expect(ownVectors.flatMap(({ kills }) => kills).filter((name) => !known.has(name))).toEqual([]);
});

test('statements about schedules name their tests, and every test is named', () => {
  const [, section = ''] = /^## Schedules$((?:.|\n)*?)^## /m.exec(page)!;
  const code = readFileSync(new URL('../plan/schedule.test.ts', import.meta.url), 'utf8');
  const named = [...section.matchAll(/(?<= )_([^_]+)_/g)].map(([, name]) =>
    name!.replace(/\s+/g, ' '),
  );
  const tests = [...code.matchAll(/^test\('(.*?)'|^\]\)\('(.*?)'/gm)].map(
    ([, one, each]) => one ?? each,
  );
  expect(named.sort()).toEqual(tests.sort());
  expect(section.match(/^- \*\*S\d+\*\*/gm)).toHaveLength(5);
});
