import { describe, expect, test } from 'vitest';
import { corpora, sourcesOf } from '../support/corpus.js';
import { bind } from './bind.js';

/** One rule of so many, and how many queries there are at least. */
const samples = { own: { step: 1, least: 4 }, SigmaHQ: { step: 5, least: 101 } };

describe.each(corpora)('of $name', (corpus) => {
  const { step, least } = samples[corpus.name];

  test.each(['sentinel', 'defender-xdr'])('queries bind to the tables of %s', async (id) => {
    const sample = sourcesOf(corpus).filter((_, at) => at % step === 0);
    const { count, problems } = await bind(id, sample);
    expect(problems).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(least);
  });
});
