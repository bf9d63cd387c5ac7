import { expect, test } from 'vitest';
import { certificateOf, convert, type Destination } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds } from '../../src/render/index.js';
import { verify } from '../../src/verify/index.js';
import { corpora, sourcesOf } from '../support/corpus.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

/** One rule of so many; `isosigma verify` takes them all. */
const steps = { own: 1, SigmaHQ: 101 };

test.each(corpora)(
  "no query of a sample of $name's rules differs from its rule",
  async (corpus) => {
    const destinations = await Promise.all(
      backendIds.map(async (id): Promise<Destination> => {
        const backend = await backendOf(id);
        const pipelines = await Promise.all(
          backend.manifest.pipelines.map((name) => loadPipeline(name, id)),
        );
        return { backend, pipelines: pipelines.flatMap((each) => each ?? []) };
      }),
    );
    const sample = sourcesOf(corpus, 'rules/').filter((_, at) => at % steps[corpus.name] === 0);
    const verdicts = sample.flatMap((source) =>
      convert([source], destinations, convertOptions).map((conversion) => {
        const { verdict, counterexample } = verify(conversion, options);
        const about = `${source.name}\n${certificateOf(conversion)}\n${conversion.queries.join('\n')}`;
        expect(counterexample, about).toBeUndefined();
        return verdict;
      }),
    );
    const equal = verdicts.filter((verdict) => verdict === 'equal').length;
    expect(equal / verdicts.length).toBeGreaterThan(0.8);
  },
);
