export type { Claim, Counterexample, Interpreter, Verdict, VerifyOptions } from './claim.js';
export { verify } from './verify.js';
