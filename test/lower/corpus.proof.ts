import { describe, expect, test } from 'vitest';
import { atomsOf } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { parseRegex, printRegex } from '../../src/regex/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { corpora, sourcesOf } from '../support/corpus.js';

/** How many rules have a meaning, and how many expressions they have, at least. */
const least = { own: { rules: 6, regexes: 1 }, SigmaHQ: { rules: 1901, regexes: 81 } };

describe.each(corpora)('of $name', (corpus) => {
  const outcomes = resolve(parse(sourcesOf(corpus))).map((rule) =>
    rule.kind === 'broken' ? { ok: false as const, diagnostics: rule.diagnostics } : lower(rule),
  );

  test('every rule has a meaning, but for placeholders', () => {
    const errors = outcomes
      .flatMap(({ diagnostics }) => diagnostics)
      .filter(({ severity }) => severity === 'error')
      .filter(({ code }) => code !== 'modifier/unhandled-placeholder');
    expect(errors.map(({ span, message }) => `${span?.source.name ?? ''}: ${message}`)).toEqual([]);
    expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(least[corpus.name].rules);
  });

  test('every regular expression can be written for every engine', () => {
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
    expect(regexes.length).toBeGreaterThanOrEqual(least[corpus.name].regexes);
  });
});
