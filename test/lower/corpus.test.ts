import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childrenOf, type Predicate } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { parseRegex, printRegex } from '../../src/regex/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

// SigmaHQ's rules, which are not part of the project: without them there is nothing to test here.
const corpus = join(
  process.env['ISOSIGMA_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus'),
  'sigmahq',
);

function sources() {
  return readdirSync(corpus)
    .filter((folder) => folder.startsWith('rules'))
    .flatMap((folder) =>
      readdirSync(join(corpus, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.yml'))
        .map((file) => join(corpus, folder, file)),
    )
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

function atomsOf(predicate: Predicate): readonly Predicate[] {
  const children = childrenOf(predicate);
  return children.length === 0 ? [predicate] : children.flatMap(atomsOf);
}

const outcomes = existsSync(corpus)
  ? resolve(parse(sources())).map((rule) =>
      rule.kind === 'broken' ? { ok: false as const, diagnostics: rule.diagnostics } : lower(rule),
    )
  : [];

test.skipIf(outcomes.length === 0)('every rule has a meaning, but for placeholders', () => {
  const errors = outcomes
    .flatMap(({ diagnostics }) => diagnostics)
    .filter(({ severity }) => severity === 'error')
    .filter(({ code }) => code !== 'modifier/unhandled-placeholder');
  expect(errors.map(({ span, message }) => `${span?.source.name ?? ''}: ${message}`)).toEqual([]);
  expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThan(1900);
});

test.skipIf(outcomes.length === 0)(
  'every regular expression can be written for every engine',
  () => {
    const regexes = outcomes
      .flatMap((each) => (each.ok && each.value.kind === 'detection' ? [each.value.predicate] : []))
      .flatMap(atomsOf)
      .filter((atom) => atom.kind === 'regex' || atom.kind === 'keyword-regex');
    const problems = regexes.flatMap(({ source, flags }) => {
      const node = parseRegex(source, flags);
      if (!node.ok) return [source];
      const printed = (['re2', 'rust', 'pcre', 'lucene'] as const).map((flavour) =>
        printRegex(node.value, flavour),
      );
      return printed.every(({ ok }) => ok) ? [] : [source];
    });
    expect(problems).toEqual([]);
    expect(regexes.length).toBeGreaterThan(80);
  },
);
