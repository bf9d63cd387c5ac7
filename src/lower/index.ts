export { lower } from './lower.js';
export type { Modifier, Placeholders } from './modifiers/modifier.js';
export { placeholderNames } from './placeholder-names.js';
export { modifiers } from './modifiers/registry.js';
