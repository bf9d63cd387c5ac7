import { readerOf } from '../../src/dialects/readers/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import type { Backend } from '../../src/plan/index.js';

const loaded = new Map<BackendId, Promise<Backend>>();

/** A backend as the command line has it: all that it writes is read back. */
export function backendOf(id: BackendId): Promise<Backend> {
  const backend = loaded.get(id) ?? loadBackend(id, readerOf(id));
  loaded.set(id, backend);
  return backend;
}
