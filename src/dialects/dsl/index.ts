import { andThen, outcome, type Diagnostic, type Outcome } from '../../diagnostics/index.js';
import type { RunInput, RunResult } from '../contract.js';
import { openDocuments } from '../elastic/documents.js';
import { readJson, type JsonNode } from './json.js';
import { compileQuery } from './query.js';
import { expected, never, optionsOf, type Scope } from './scope.js';
import { bucketsOf, compileThreshold } from './threshold.js';

/**
 * Runs the body of a search in Query DSL, `{ "query": … }`, over the documents of all datasets, with no
 * limit on the number of results. With a `threshold` beside the query it gives the groups that one run of
 * a threshold rule of Kibana reports, each with its documents.
 *
 * Errors: `dsl/…`, each with its place in the text.
 */
export function runDsl({ query, datasets, timeField, now }: RunInput): Outcome<RunResult> {
  return andThen(readJson(query), (body) => {
    const diagnostics: Diagnostic[] = [];
    const documents = openDocuments(datasets, timeField);
    const scope: Scope = { documents, now, report: (problem) => diagnostics.push(problem) };
    const run = compileBody(body, scope);
    return outcome(run(), diagnostics);
  });
}

function compileBody(body: JsonNode, scope: Scope): () => RunResult {
  const parts =
    body.kind === 'object' ? optionsOf(body, 'a search', ['query', 'threshold'], scope) : {};
  const { query, threshold: written } = parts as Readonly<Partial<Record<string, JsonNode>>>;
  const matches = query ? compileQuery(query, scope) : expected('a query', body, scope);
  const threshold = written && compileThreshold(written, scope);
  return () => {
    const rows = Array.from({ length: scope.documents.count }, (_, row) => row);
    const events = matches === never ? [] : rows.filter(matches);
    return threshold
      ? { kind: 'sequences', sequences: bucketsOf(events, threshold) }
      : { kind: 'events', events };
  };
}
