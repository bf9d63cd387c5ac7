export { duration } from './duration.js';
export { backendIds, loadBackend, type BackendId } from './load.js';
export type { Reader, WordKind } from './reader.js';
export { render } from './render.js';
