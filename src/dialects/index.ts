export type { Dataset, Json, Row, RunInput, RunResult } from './contract.js';
