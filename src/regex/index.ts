export { compileRegex, type Regex, type RegexOptions } from './engine.js';
