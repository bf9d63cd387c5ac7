import { runDsl } from '../dialects/dsl/index.js';
import { runEql } from '../dialects/eql/index.js';
import { runEsql } from '../dialects/esql/index.js';
import { runKql } from '../dialects/kql/index.js';
import { runSpl } from '../dialects/spl/index.js';
import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import { loadKusto } from '../node/index.js';
import { languages } from './languages.js';
import type { Interpreter } from '../verify/index.js';

/**
 * The interpreters of those languages, by backend.
 *
 * Errors: `verify/no-interpreter` for a backend without one; `kql/parser-missing` where KQL is among
 * them and Microsoft's parser is not installed.
 */
export async function interpretersOf(
  backends: readonly string[],
): Promise<Outcome<Readonly<Record<string, Interpreter>>>> {
  const unknown = backends.find((backend) => !(languages as readonly string[]).includes(backend));
  if (unknown !== undefined) {
    return failure(diagnostic('verify/no-interpreter', undefined, { backend: unknown }));
  }
  const own = { spl: runSpl, eql: runEql, esql: runEsql, dsl: runDsl };
  if (!backends.includes('kql')) return success(own);
  const kusto = await loadKusto();
  if (!kusto.ok) return kusto;
  return success({ ...own, kql: (input) => runKql(input, kusto.value) });
}
