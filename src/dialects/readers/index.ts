import { lexicon as eql } from '../eql/lexicon.js';
import { lexicon as esql } from '../esql/lexicon.js';
import { readDslWord } from './dsl.js';
import { elasticReader } from './elastic.js';
import { readKqlWord } from './kql.js';
import { readSplWord } from './spl.js';
import type { WordReader } from './word.js';

const readers: ReadonlyMap<string, WordReader> = new Map([
  ['kql', readKqlWord],
  ['spl', readSplWord],
  ['eql', elasticReader(eql)],
  ['esql', elasticReader(esql)],
  ['dsl', readDslWord],
]);

/** How a language reads its words, for whoever writes them and wants to be sure; undefined where nobody has said it. */
export function readerOf(language: string): WordReader | undefined {
  return readers.get(language);
}
