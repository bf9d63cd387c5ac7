import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createContext, runInContext } from 'node:vm';
import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import type { KustoLanguage } from '../dialects/kql/index.js';

const files = ['bridge.min.js', 'Kusto.Language.Bridge.min.js'].map(
  (name) => `@kusto/language-service-next/${name}`,
);

let loading: Promise<Outcome<KustoLanguage>> | undefined;

/**
 * Loads Microsoft's KQL parser, once, in a context of its own: it defines globals, and leaves none.
 *
 * Errors: `kql/parser-missing` if the optional package is not installed.
 */
export function loadKusto(): Promise<Outcome<KustoLanguage>> {
  return (loading ??= load());
}

async function load(): Promise<Outcome<KustoLanguage>> {
  const { resolve } = createRequire(import.meta.url);
  try {
    const paths = files.map((name) => resolve(name));
    const sources = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
    const context = createContext({ console, setTimeout, clearTimeout });
    for (const [index, source] of sources.entries()) {
      runInContext(source, context, { filename: paths[index]! });
    }
    return success(runInContext('Kusto.Language', context) as KustoLanguage);
  } catch {
    return failure(
      diagnostic(
        'kql/parser-missing',
        undefined,
        {},
        { help: 'npm install @kusto/language-service-next' },
      ),
    );
  }
}
