import { expect, test } from 'vitest';
import { lower } from '../../src/lower/index.js';
import { migrate } from '../../src/migrate/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { corpora, sourcesOf } from '../support/corpus.js';

/** What becomes of the unsupported rules: correlations, or the reasons why not. */
const expected = {
  own: { migrated: 2, 'migrate/no-timeframe': 1 },
  SigmaHQ: {
    migrated: 24,
    'migrate/collection': 1,
    'migrate/no-search': 1,
    'migrate/no-timeframe': 5,
  },
};

test.each(corpora)('all aggregations of $name become correlations, or say why not', (corpus) => {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const source of sourcesOf(corpus, 'unsupported')) {
    const outcome = migrate(source);
    if (!outcome.ok) throw new Error(`${source.name} is no YAML`);
    for (const { code } of outcome.value.refused) count(code);
    if (outcome.value.migrated === 0) continue;
    count('migrated');
    for (const rule of resolve(parse([{ ...source, text: outcome.value.text }]))) {
      const lowered = rule.kind === 'broken' ? undefined : lower(rule);
      expect(lowered?.ok, `${source.name}\n${outcome.value.text}`).toBe(true);
    }
  }
  expect(Object.fromEntries(counts)).toEqual(expected[corpus.name]);
});
