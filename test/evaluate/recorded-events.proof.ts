import { expect, test } from 'vitest';
import { matcher } from '../../src/evaluate/index.js';
import { lower } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { corpora, recordingsOf, type Recording } from '../support/corpus.js';

/** How many recordings there are at least, and those whose count is wrong: every event there plainly matches. */
const expected = {
  own: { least: 4, miscounted: [] },
  SigmaHQ: {
    least: 101,
    miscounted: [
      'Disable Administrative Share Creation at Startup (c7dcacd0-cc59-4004-b0a4-1d6cdebe6f3e): 2 of 2 events match, not 1',
      'IE Change Domain Zone (45e112d0-7759-4c2a-aa36-9f8fb79d3393): 3 of 3 events match, not 1',
    ],
  },
};

test.each(corpora)('every recorded event of $name matches its rule', (corpus) => {
  const recordings = recordingsOf(corpus);
  const problems = recordings.flatMap((recording) => {
    const problem = problemWith(recording);
    return problem === undefined ? [] : [`${recording.title} (${recording.id}): ${problem}`];
  });
  const { least, miscounted } = expected[corpus.name];
  expect(problems.sort()).toEqual(miscounted);
  expect(recordings.length).toBeGreaterThanOrEqual(least);
});

/** Why the rule does not match what was recorded for it; undefined if it does. */
function problemWith({ rule: source, events, count }: Recording): string | undefined {
  const [rule] = resolve(parse([source]));
  if (!rule || rule.kind === 'broken') return rule?.diagnostics[0]?.message ?? 'no rule';
  const lowered = lower(rule);
  if (!lowered.ok) return lowered.diagnostics[0]!.message;
  if (lowered.value.kind !== 'detection') return 'no detection';
  const matches = events.filter(matcher(lowered.value.predicate)).length;
  const isRight = count === undefined ? matches > 0 : matches === count;
  return isRight ? undefined : `${matches} of ${events.length} events match, not ${count ?? 'any'}`;
}
