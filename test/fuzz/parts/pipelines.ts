import fc from 'fast-check';
import { backendIds, type BackendId } from '../../../src/render/index.js';
import { mutated, mutations, type Mutation } from '../edits.js';
import { isosigma } from '../isosigma.js';
import type { Part } from '../part.js';
import { pipelineTexts } from '../seeds.js';
import { written } from '../scratch.js';

interface PipelineFile extends Mutation {
  readonly backend: BackendId;
}

const rule = JSON.stringify({
  title: 'Fuzzed',
  logsource: { product: 'windows', category: 'process_creation' },
  detection: {
    s: { Image: '\\\\cmd.exe', 'CommandLine|contains': 'whoami', User: 'SYSTEM', Unknown: 1 },
    condition: 's',
  },
});

/** Files of pipelines. */
export const pipelines: Part<PipelineFile> = {
  holds: 'The rule is converted by the pipeline, or refused, or the pipeline is.',
  cases: () =>
    fc
      .tuple(mutations(pipelineTexts()), fc.constantFrom(...backendIds))
      .map(([mutation, backend]) => ({ ...mutation, backend })),
  judge: async ({ backend, ...mutation }, watch) => {
    const text = mutated(mutation);
    const [file, pipeline] = [written('rule.yml', rule), written('pipeline.yml', text)];
    await watch('convert', text.length, () =>
      isosigma(['convert', file, '-b', backend, '-p', pipeline]),
    );
  },
};
