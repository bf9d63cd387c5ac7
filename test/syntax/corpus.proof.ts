import { describe, expect, test } from 'vitest';
import { lint } from '../../src/lint/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { corpora, sourcesOf } from '../support/corpus.js';

describe.each(corpora)('the rules of $name', (corpus) => {
  test('are read and resolved without any complaint', () => {
    const files = sourcesOf(corpus);
    const rules = resolve(parse(files));
    expect(rules.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message))).toEqual(
      [],
    );
    expect(rules).toHaveLength(files.length);
    expect(rules.length).toBeGreaterThan(5);
  });

  test('of Sigma 1 are refused, and the reason names the way out', () => {
    const broken = parse(sourcesOf(corpus, 'unsupported')).filter(({ kind }) => kind === 'broken');
    const legacy = broken.filter(({ diagnostics }) =>
      diagnostics.some(({ help }) => help?.includes('isosigma migrate')),
    );
    expect(legacy.length / broken.length).toBeGreaterThan(0.8);
  });

  test('were reviewed, so that lints are quiet about them', () => {
    const rules = resolve(parse(sourcesOf(corpus)));
    const warnings = lint(rules).filter(({ severity }) => severity === 'warning');
    expect(warnings.length / rules.length).toBeLessThan(0.01);
  });
});
