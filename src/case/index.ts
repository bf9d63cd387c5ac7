export { eventFilesOf, readCases, type Case } from './case.js';
export { failureOf } from './judge.js';
export { printJunit, type CaseResult } from './junit.js';
