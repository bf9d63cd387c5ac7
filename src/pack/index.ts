export { assemble, type AssembleOptions, type Pack } from './assemble.js';
export { builtInAttack, readAttack, type Attack } from './attack.js';
export { attackProblems } from './attack-problems.js';
export {
  fileProblems,
  manifestFile,
  reproductionProblems,
  signatureFile,
  type PackFiles,
} from './check.js';
export type { Contents } from './build.js';
export { diffPacks, printChangelog, versionProblems, type PackDifference } from './diff.js';
export { type Converted, type FactOptions, type Sha256 } from './facts.js';
export { formatIds, loadFormat, type Format, type FormatId } from './format.js';
export { readManifest, type Manifest } from './manifest.js';
export { parsePackFile, type PackFile, type PackTarget } from './pack-file.js';
export { packRule, type PackedRule } from './pack-rule.js';
