import { diagnostic, didYouMean, hasErrors } from '../../diagnostics/index.js';
import type { Diagnostic } from '../../diagnostics/index.js';
import type { BrokenDocument, Document, FilterDocument } from '../ast.js';
import { entryOf, type Yaml, type YamlMap } from '../yaml/tree.js';
import { readCorrelation } from './correlation.js';
import { readConditions, readSelections } from './detection.js';
import { readHeader } from './header.js';
import { checkSort } from './isosigma-key.js';
import { readLogSource } from './log-source.js';
import { firstLine, map, required, texts, type Report } from './read.js';

const kinds = ['detection', 'correlation', 'filter'] as const;

type Body<D> = D extends BrokenDocument ? never : Omit<D, 'header' | 'diagnostics'>;

/** One document of a rule file; it is broken if anything in it, or in `before`, is an error. */
export function readDocument(document: YamlMap, before: readonly Diagnostic[]): Document {
  const diagnostics = [...before];
  const report: Report = (problem) => diagnostics.push(problem);
  const read = readKind(document, report);
  return read && !hasErrors(diagnostics)
    ? { ...read, diagnostics }
    : { kind: 'broken', ...identity(document), span: document.span, diagnostics };
}

function readKind(document: YamlMap, report: Report) {
  const [kind, second] = kinds.filter((key) => entryOf(document, key));
  if (!kind) {
    const keys = document.entries.map(({ key }) => key);
    const near = keys.find(({ value }) => didYouMean(value, kinds).help);
    const help = near ? didYouMean(near.value, kinds) : {};
    report(diagnostic('rule/no-kind', near?.span ?? firstLine(document.span), {}, help));
    return undefined;
  }
  if (second) {
    const parameters = { first: kind, second };
    report(diagnostic('rule/two-kinds', entryOf(document, second)!.key.span, parameters));
  }
  const header = readHeader(document, bodyKeys[kind], report);
  const body = readers[kind](document, report);
  if (body?.kind === 'correlation') checkSort(header, body.groupBy, report);
  return body && { header, ...body };
}

const bodyKeys = {
  detection: ['logsource', 'detection'],
  correlation: ['correlation', 'generate'],
  filter: ['logsource', 'filter'],
} as const;

const readers = {
  detection: readDetectionRule,
  correlation: readCorrelation,
  filter: readFilter,
} satisfies Record<string, (document: YamlMap, report: Report) => Body<Document> | undefined>;

function readDetectionRule(document: YamlMap, report: Report) {
  const { key, value } = entryOf(document, 'detection')!;
  const logSource = readLogSource(document, report);
  const part = map(value, 'detection', report);
  if (!part) return undefined;
  const selections = readSelections(part, ['condition', 'timeframe'], report);
  const conditions = readConditions(part, key, report);
  return logSource && { kind: 'detection' as const, logSource, selections, conditions };
}

/** A filter (Sigma filters 2.1), to be ANDed as written with the rules that it names. */
function readFilter(document: YamlMap, report: Report) {
  const { key, value } = entryOf(document, 'filter')!;
  const logSource = readLogSource(document, report);
  const part = map(value, 'filter', report);
  if (!part) return undefined;
  const selections = readSelections(part, ['condition', 'rules'], report);
  const conditions = readConditions(part, key, report);
  const node = required(part, 'rules', key.span, report);
  const rules = node ? filteredRules(node, report) : [];
  if (node && rules.length === 0) report(diagnostic('filter/no-rules', firstLine(node.span), {}));
  return logSource && { kind: 'filter' as const, logSource, rules, selections, conditions };
}

function filteredRules(node: Yaml, report: Report): FilterDocument['rules'] {
  return node.kind === 'scalar' && node.value === 'any' ? 'any' : texts(node, 'rules', report);
}

/** What a broken document can still be named by. */
function identity(document: YamlMap): Omit<BrokenDocument, 'kind' | 'span' | 'diagnostics'> {
  const found: { title?: string; id?: string; name?: string } = {};
  for (const key of ['title', 'id', 'name'] as const) {
    const node = entryOf(document, key)?.value;
    if (node?.kind === 'scalar' && node.value !== null) found[key] = node.raw;
  }
  const filter = entryOf(document, 'filter')?.value;
  const rules = filter?.kind === 'map' && entryOf(filter, 'rules')?.value;
  return { ...found, ...(rules && { filters: filteredRules(rules, () => undefined) }) };
}
