export type { Claim, Counterexample, Interpreter, Verdict, VerifyOptions } from './claim.js';
export { against } from './against.js';
export { verify } from './verify.js';
