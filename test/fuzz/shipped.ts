import type { Destination } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';

/** A backend with the pipelines that it takes unless told otherwise. */
export async function shipped(id: BackendId): Promise<Destination> {
  const backend = await loadBackend(id);
  const pipelines = await Promise.all(
    backend.manifest.pipelines.map(async (name) => (await loadPipeline(name, id))!),
  );
  return { backend, pipelines };
}
