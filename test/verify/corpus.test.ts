import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { certificateOf, convert, type Destination } from '../../src/convert.js';
import { readSources } from '../../src/node/read-sources.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds } from '../../src/render/index.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

const corpus = process.env['ISOSIGMA_CORPUS'] ?? '../shared/corpus';
const folder = `${corpus}/sigmahq/rules`;

/** One rule of so many; `isosigma verify` takes them all. */
const step = 101;

test.skipIf(!existsSync(folder))(
  `no query of a sample of SigmaHQ's rules differs from its rule (skipped without ${folder})`,
  async () => {
    const { sources } = await readSources([folder]);
    const destinations = await Promise.all(
      backendIds.map(async (id): Promise<Destination> => {
        const backend = await backendOf(id);
        const pipelines = await Promise.all(
          backend.manifest.pipelines.map((name) => loadPipeline(name, id)),
        );
        return { backend, pipelines: pipelines.flatMap((each) => each ?? []) };
      }),
    );
    const sample = sources.filter((_, at) => at % step === 0);
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
  300_000,
);
