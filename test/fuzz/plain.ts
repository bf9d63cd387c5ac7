import type { Destination } from '../../src/convert.js';
import { parsePipeline } from '../../src/pipeline/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import { timeFields } from './find.js';

/** A destination that knows nothing of the logs but how a field of them is called: `{field}`, or more. */
export async function plain(id: BackendId, others = '{field}'): Promise<Destination> {
  const text = JSON.stringify({
    name: 'Fuzzed',
    backends: [id],
    time: timeFields[id],
    'column-type': 'string',
    sources: [
      {
        logsource: {},
        targets: [{ ...(id !== 'spl' && { table: 'Events' }), others, keywords: 'raw' }],
      },
    ],
  });
  const pipeline = parsePipeline({ name: 'plain.yml', text });
  if (!pipeline.ok) throw new Error(pipeline.diagnostics[0]!.message);
  return { backend: await loadBackend(id), pipelines: [pipeline.value] };
}
