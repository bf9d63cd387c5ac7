import * as runtime from 'handlebars/runtime.js';
import { backendIds, backendModules, type BackendId } from '../bundled/backends.js';
import type { Backend, Manifest, Template } from '../plan/index.js';
import { prepareBackend } from './prepare.js';
import type { Reader } from './reader.js';

export { backendIds, type BackendId };

const loaded = new Map<BackendId, Promise<Backend>>();

/**
 * A backend that comes with the package, loaded once. Its manifest was checked at build time.
 *
 * @param read reads back every value and name that is written; what does not come back is refused
 */
export function loadBackend(id: BackendId, read?: Reader): Promise<Backend> {
  const backend = loaded.get(id) ?? load(id);
  loaded.set(id, backend);
  return read ? backend.then((each) => prepareBackend(each.manifest, each, read)) : backend;
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

interface Runtime {
  readonly create: () => Runtime;
  readonly helpers: Readonly<Record<string, unknown>>;
  readonly unregisterHelper: (name: string) => void;
  readonly template: (specification: unknown) => Template;
}

/** The helpers of templates; the runtime would make every other one ready at each call, too. */
const layoutHelpers: readonly string[] = ['each', 'if', 'unless'];

// The package has no types for its runtime.
const handlebars = (runtime as unknown as { readonly default: Runtime }).default.create();
for (const name of Object.keys(handlebars.helpers)) {
  if (!layoutHelpers.includes(name)) handlebars.unregisterHelper(name);
}
const { template } = handlebars;
