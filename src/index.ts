/**
 * Isosigma: Sigma rules to KQL, SPL, EQL and ES|QL, shown to mean the same. Everything here runs
 * anywhere; files and Microsoft's parser are in `isosigma/node`.
 */
export { buildPack, type BuildOptions, type PackDestination } from './build-pack.js';
export {
  certificateOf,
  claimsOf,
  conversionsOf,
  convert,
  convertRule,
  meaningOf,
  type Conversion,
  type ConvertOptions,
  type Destination,
} from './convert.js';
export {
  catalog,
  diagnosticJson,
  printGithub,
  printJson,
  printSarif,
  printText,
  type Diagnostic,
  type Outcome,
  type SourceFile,
  type Span,
} from './diagnostics/index.js';
export type { Dataset, RunInput, RunResult } from './dialects/index.js';
export { runDsl } from './dialects/dsl/index.js';
export { runEql } from './dialects/eql/index.js';
export { runEsql } from './dialects/esql/index.js';
export { runKql } from './dialects/kql/index.js';
export { readerOf } from './dialects/readers/index.js';
export { runSpl } from './dialects/spl/index.js';
export {
  correlate,
  matcher,
  normalise,
  readEvents,
  timeOf,
  type Alert,
  type Event,
  type TimedEvent,
} from './evaluate/index.js';
export type { CorrelationRule, DetectionRule, Predicate, Rule } from './ir/index.js';
export { lint } from './lint/index.js';
export { lower } from './lower/index.js';
export { migrate, type Migration } from './migrate/index.js';
export {
  builtInAttack,
  diffPacks,
  fileProblems,
  formatIds,
  loadFormat,
  parsePackFile,
  printChangelog,
  readAttack,
  readManifest,
  reproductionProblems,
  versionProblems,
  type Attack,
  type Format,
  type FormatId,
  type Manifest,
  type Pack,
  type PackDifference,
  type PackFile,
} from './pack/index.js';
export { loadPipeline, parsePipeline, pipelineIds, type Pipeline } from './pipeline/index.js';
export type { Backend, QueryPlan } from './plan/index.js';
export {
  backendIds,
  loadBackend,
  type BackendId,
  type Reader,
  type WordKind,
} from './render/index.js';
export { parse, resolve, type Document, type ResolvedRule } from './syntax/index.js';
