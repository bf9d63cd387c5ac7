import {
  andThen,
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';
import { entryOf, readYaml, type Yaml } from '../syntax/index.js';
import { isAggregated } from './aggregation.js';
import { rewrite, type OldRule } from './rewrite.js';

/** A rule file with the aggregations of Sigma 1 written as correlations. */
export interface Migration {
  readonly text: string;
  /** How many rules were rewritten. */
  readonly migrated: number;
  /** Why other rules with an aggregation stand as they were. */
  readonly refused: readonly Diagnostic[];
}

/**
 * Rewrites conditions of Sigma 1 (`| count() by …`, `| near …`, with `timeframe`) as correlation
 * rules: the selections become a named rule, and all that the author says about the alert goes with
 * the correlation. Lines are moved, not written anew, so that comments and layout stay.
 *
 * Errors: a text that is no YAML. A rule that cannot be rewritten is among `refused`; warnings are
 * about those that were.
 */
export function migrate(source: SourceFile): Outcome<Migration> {
  return andThen(readYaml(source), (documents) => {
    const names = new Set(documents.flatMap((document) => nameOf(document) ?? []));
    const isCollection = documents.some((document) => valueAt(document, 'action'));
    const hasCrLf = source.text.includes('\r\n');
    const parts: string[] = [];
    const refused: Diagnostic[] = [];
    const warnings: Diagnostic[] = [];
    let migrated = 0;
    let copied = 0;
    documents.forEach((document, index) => {
      const old = oldRule(document, endOf(source, documents[index + 1]));
      if (!old) return;
      const rewritten = isCollection
        ? failure(diagnostic('migrate/collection', old.conditions[0]!.span, {}))
        : rewrite(old, names);
      if (!rewritten.ok) {
        for (const problem of rewritten.diagnostics) refused.push(problem);
        return;
      }
      const { start, text } = rewritten.value;
      parts.push(source.text.slice(copied, start), hasCrLf ? text.replace(/\r?\n/g, '\r\n') : text);
      copied = old.end;
      migrated += 1;
      for (const warning of rewritten.diagnostics) warnings.push(warning);
    });
    const text = [...parts, source.text.slice(copied)].join('');
    return success({ text, migrated, refused }, warnings);
  });
}

/** The document, if one of its conditions has an aggregation. */
function oldRule(document: Yaml, end: number): OldRule | undefined {
  const detection = valueAt(document, 'detection');
  const condition = detection && valueAt(detection, 'condition');
  if (document.kind !== 'map' || detection?.kind !== 'map' || !condition) return undefined;
  const items = condition.kind === 'list' ? condition.items : [condition];
  const conditions = items.filter((item) => item.kind === 'scalar');
  return conditions.some(({ raw }) => isAggregated(raw))
    ? { document, detection, conditions, end }
    : undefined;
}

/** Where the lines of a document end: at the `---` of the next one. */
function endOf({ text }: SourceFile, next: Yaml | undefined): number {
  return next ? text.lastIndexOf('\n---', next.span.start) + 1 : text.length;
}

function nameOf(document: Yaml): string | undefined {
  const name = valueAt(document, 'name');
  return name?.kind === 'scalar' ? name.raw : undefined;
}

function valueAt(node: Yaml, key: string): Yaml | undefined {
  return node.kind === 'map' ? entryOf(node, key)?.value : undefined;
}
