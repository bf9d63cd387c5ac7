import { runEql } from '../dialects/eql/index.js';
import { runEsql } from '../dialects/esql/index.js';
import { runKql } from '../dialects/kql/index.js';
import { runSpl } from '../dialects/spl/index.js';
import { success, type Outcome } from '../diagnostics/index.js';
import { loadKusto } from '../node/index.js';
import type { Interpreter } from '../verify/index.js';

/**
 * The interpreters of those languages, by backend.
 *
 * Errors: `kql/parser-missing` where KQL is among them and Microsoft's parser is not installed.
 */
export async function interpretersOf(
  languages: readonly string[],
): Promise<Outcome<Readonly<Record<string, Interpreter>>>> {
  const own = { spl: runSpl, eql: runEql, esql: runEsql };
  if (!languages.includes('kql')) return success(own);
  const kusto = await loadKusto();
  if (!kusto.ok) return kusto;
  return success({ ...own, kql: (input) => runKql(input, kusto.value) });
}
