// What the script uses of the sources, built in memory as they are now.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const outfile = join(root, 'node_modules', '.cache', `mutate-queries-${process.pid}.mjs`);
await build({
  stdin: {
    contents: `
      export { certificateOf, convertRule } from './src/convert.js';
      export { runDsl } from './src/dialects/dsl/index.js';
      export { readJson } from './src/dialects/dsl/json.js';
      export { runEql } from './src/dialects/eql/index.js';
      export { parseEql } from './src/dialects/eql/parse.js';
      export { runEsql } from './src/dialects/esql/index.js';
      export { parseEsql } from './src/dialects/esql/parse.js';
      export { runKql } from './src/dialects/kql/index.js';
      export * as kustoTree from './src/dialects/kql/tree.js';
      export { readerOf } from './src/dialects/readers/index.js';
      export { parseExpression as parseSplExpression } from './src/dialects/spl/expression-syntax.js';
      export { runSpl } from './src/dialects/spl/index.js';
      export * as splScanner from './src/dialects/spl/scanner.js';
      export { parseSearch as parseSplSearch } from './src/dialects/spl/search-syntax.js';
      export { matcher, rangeAt } from './src/evaluate/index.js';
      export { atomsOf, childrenOf, conjunction, fieldsOf } from './src/ir/index.js';
      export { loadKusto, readSources } from './src/node/index.js';
      export { loadPipeline, parsePipeline } from './src/pipeline/index.js';
      export { backendIds, loadBackend } from './src/render/index.js';
      export { parse, resolve } from './src/syntax/index.js';
      export { mayHave, valueTest } from './src/verify/classes.js';
      export { probed } from './src/verify/expressions.js';
      export { against, verify } from './src/verify/index.js';
      export { isEvent, languageOf, stored } from './src/verify/language.js';
      export { leavesOf, predicateInScope } from './src/verify/leaves.js';
      export { tableOf } from './src/verify/table.js';
    `,
    resolveDir: root,
  },
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
});
export const library = await import(outfile);
rmSync(outfile);

const kusto = await library.loadKusto();
if (!kusto.ok) throw new Error(kusto.diagnostics[0].message);
export const kustoLanguage = kusto.value;

export const interpreters = {
  kql: (input) => library.runKql(input, kustoLanguage),
  spl: library.runSpl,
  eql: library.runEql,
  esql: library.runEsql,
  dsl: library.runDsl,
};

export const now = Date.parse('2024-02-09T00:00:00Z');
