import { describe, expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { matcher } from '../../src/evaluate/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { eventMapper, mapEvent } from '../../src/rows/index.js';
import { verify } from '../../src/verify/index.js';
import { corpora, recordingsOf } from '../support/corpus.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

/**
 * Where, and how many of the events that match the rule they were recorded for have a row there, of 4 and
 * of 123; the others' rules are refused. Of SigmaHQ's rules, one of so many is run; all with ISOSIGMA_WHOLE=1.
 */
const places: readonly (readonly [
  BackendId,
  string,
  own: number,
  SigmaHQ: number,
  step: number,
])[] = [
  ['kql', 'sentinel', 4, 123, 6],
  ['kql', 'defender-xdr', 3, 118, 12],
  ['kql', 'asim', 3, 116, 12],
  ['spl', 'splunk-windows', 4, 123, 3],
  ['spl', 'splunk-cim', 2, 114, 12],
  ['eql', 'ecs-windows', 3, 123, 3],
  ['eql', 'ecs-defend', 2, 114, 6],
  ['esql', 'ecs-windows', 3, 123, 3],
  ['esql', 'ecs-defend', 2, 114, 6],
];
const isWhole = process.env['ISOSIGMA_WHOLE'] !== undefined;

describe.each(corpora)('of $name', (corpus) => {
  const recordings = recordingsOf(corpus);

  test.each(places)(
    '%s %s: a query finds the row of every event that was recorded for its rule',
    async (id, name, own, SigmaHQ, stepOfSigmaHQ) => {
      const [rows, step] = corpus.name === 'own' ? [own, 1] : [SigmaHQ, stepOfSigmaHQ];
      const pipelines = [(await loadPipeline(name, id))!];
      const destination = { backend: await backendOf(id), pipelines };
      let mapped = 0;
      for (const [at, { rule, events }] of recordings.entries()) {
        for (const conversion of convert([rule], [destination], convertOptions)) {
          const { made } = conversion;
          if (!made) continue;
          const { meaning, mapped: there } = made;
          if (meaning.kind !== 'detection' || there.kind !== 'detection') continue;
          const mapper = eventMapper(meaning, there.target!.place, [], pipelines, options.vars);
          const matches = events.filter(matcher(meaning.predicate));
          mapped += matches.filter((event) => mapper && mapEvent(mapper, event)).length;
          if (!isWhole && at % step !== 0) continue;
          const { counterexample } = verify(conversion, { ...options, runs: 0, events });
          const about = `${rule.name}\n${conversion.queries.join('\n')}`;
          expect(counterexample, about).toBeUndefined();
        }
      }
      expect(mapped).toBe(rows);
    },
  );
});
