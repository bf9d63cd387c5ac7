import fc from 'fast-check';
import type { Row } from '../../../src/dialects/index.js';
import { backendIds, type BackendId } from '../../../src/render/index.js';
import { interpreters } from '../../verify/subjects.js';
import { mutated, mutations, type Mutation } from '../edits.js';
import { timeFields } from '../find.js';
import type { Part } from '../part.js';
import { queryTexts } from '../seeds.js';

interface Query extends Mutation {
  readonly language: BackendId;
}

/** Queries that are none, to the interpreters. */
export const queries: Part<Query> = {
  holds: 'The query runs, or is refused at a place of its text.',
  cases: () =>
    fc.oneof(
      ...backendIds.map((language) =>
        mutations(queryTexts(language)).map((mutation) => ({ ...mutation, language })),
      ),
    ),
  judge: async ({ language, ...mutation }, watch) => {
    const text = mutated(mutation);
    const query = { name: 'query', text };
    const datasets = [{ name: '*', rows: rowsFor(text, timeFields[language]) }];
    // Microsoft's parser takes some 0.4 ms for an error of syntax, of which a line may have several.
    const size = language === 'kql' ? 60 * text.length : text.length;
    const result = await watch(language, size, () =>
      interpreters[language]({ query, datasets, now: 0, timeField: timeFields[language] }),
    );
    const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0 === result.ok) throw new Error('a result and an error, or neither');
    for (const { span, message } of errors) {
      const isPlace = span?.source === query && span.start <= span.end && span.end <= text.length;
      if (!isPlace) throw new Error(`no place of the query: ${message}`);
    }
  },
};

/** Rows that have the words of the query as columns, so that it is not refused for want of them. */
function rowsFor(text: string, time: string): readonly Row[] {
  const words = [...new Set(text.match(/[A-Za-z_][\w.]*/g))].slice(0, 60);
  const row = Object.fromEntries(words.map((word) => [word, 'x']));
  return [{ ...row, [time]: 0 }, { ...row, n: 1, [time]: 1000 }, { [time]: 2000 }];
}
