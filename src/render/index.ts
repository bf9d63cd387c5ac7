export { backendIds, loadBackend, type BackendId } from './load.js';
export { prepareBackend } from './prepare.js';
export { render } from './render.js';
