export { lower } from './lower.js';
export type { Modifier, Placeholders } from './modifiers/modifier.js';
export { modifiers } from './modifiers/registry.js';
