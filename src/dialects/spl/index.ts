export { runSpl } from './run.js';
