export type { Assertion, CharRange, RegexNode } from './ast.js';
export { compileRegex, type Regex, type RegexOptions } from './engine.js';
export { parseRegex } from './parse.js';
export { printRegex, type RegexFlavour } from './print.js';
