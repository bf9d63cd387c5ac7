import * as runtime from 'handlebars/runtime.js';
import { backendIds, backendModules, type BackendId } from '../bundled/backends.js';
import type { Backend, Manifest, Template } from '../plan/index.js';
import { prepareBackend } from './prepare.js';

export { backendIds, type BackendId };

const loaded = new Map<BackendId, Promise<Backend>>();

/** A backend that comes with the package, loaded once. Its manifest was checked at build time. */
export function loadBackend(id: BackendId): Promise<Backend> {
  let backend = loaded.get(id);
  if (!backend) {
    backend = load(id);
    loaded.set(id, backend);
  }
  return backend;
}

async function load(id: BackendId): Promise<Backend> {
  const { manifest, query, correlation, stages } = await backendModules[id]();
  return prepareBackend(manifest as Manifest, {
    query: template(query),
    correlation: template(correlation),
    stages: Object.fromEntries(
      Object.entries(stages).map(([name, specification]) => [name, template(specification)]),
    ),
  });
}

// The package has no types for its runtime.
const { template } = (
  runtime as unknown as {
    readonly default: { readonly template: (specification: unknown) => Template };
  }
).default;
