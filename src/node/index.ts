export { loadKusto } from './kusto.js';
export { hostReason } from './host-error.js';
export { recoverPack } from './interrupted-pack.js';
export { folderOf, matchFiles, readPack, slashed, writePack } from './pack-folder.js';
export { sha256, signText, verifyText } from './pack-signature.js';
export { readSource, readSourceIn, readSources, type Sources } from './read-sources.js';
export { writeFileIn } from './write-file.js';
