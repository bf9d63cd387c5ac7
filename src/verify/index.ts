export type { Claim, Counterexample, Interpreter, Verdict, VerifyOptions } from './claim.js';
export { against } from './against.js';
export { trace, type Trace } from './trace.js';
export { verify } from './verify.js';
export { together, type Decided } from './undecided.js';
