export { loadKusto } from './kusto.js';
export { readSource, readSources, type Sources } from './read-sources.js';
export { writeFileIn } from './write-file.js';
