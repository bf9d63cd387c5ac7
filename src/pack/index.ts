export { assemble, type AssembleOptions, type Pack } from './assemble.js';
export { builtInAttack, readAttack, type Attack } from './attack.js';
export { attackProblems } from './attack-problems.js';
export { fileProblems, reproductionProblems, signatureFile, type PackFiles } from './check.js';
export { sourceFolder, type Contents } from './build.js';
export { diffPacks, versionProblems, type PackDifference } from './diff.js';
export { printChangelog, printDifference } from './print-difference.js';
export { guidOf, type Converted, type FactOptions, type Sha256 } from './facts.js';
export { formatIds, loadFormat, type Format, type FormatId } from './format.js';
export {
  manifestBytes,
  manifestFile,
  readManifest,
  withoutVerdicts,
  type Manifest,
  type ManifestVerdict,
  type Verification,
} from './manifest.js';
export { parsePackFile, type PackFile, type PackTarget } from './pack-file.js';
export { packRule, type PackedRule } from './pack-rule.js';
