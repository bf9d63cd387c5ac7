import { diagnostic, hasErrors, mostTold, suggestions } from '../../diagnostics/index.js';
import type { Diagnostic } from '../../diagnostics/index.js';
import type { CorrelationDocument, DetectionDocument, Document, Text } from '../ast.js';
import type { Report } from '../parse/read.js';
import type { BrokenRule, ResolvedBase, ResolvedRule } from '../resolved.js';
import { brokenFilter, resolveFilter, type FilterResult } from './filters.js';
import { resolveAliases, resolveReference } from './bases.js';
import { indexRules, isRule, namesOf, servingRules, type RuleDocument } from './references.js';
import { resolveConditions } from './selections.js';

/** How far correlations may be built on correlations. */
const maxNesting = 16;

/**
 * Finds what the documents name: selections, the rules of correlations and of filters, in whatever
 * order and files they stand. The result has one rule for every detection and correlation, and a
 * broken one for every document that is of no use, filters among them, in the order of the input.
 */
export function resolve(documents: readonly Document[]): readonly ResolvedRule[] {
  const rules = documents.filter(isRule);
  const index = indexRules(rules);
  const filters = new Map<Document, FilterResult>();
  for (const document of documents) {
    if (document.kind === 'filter') filters.set(document, resolveFilter(document, rules, index));
    else if (!isRule(document)) filters.set(document, brokenFilter(document, rules, index));
  }
  const serving = servingRules(rules, index);
  const carried = warningsToCarry(filters, rules);
  const resolved = new Map<RuleDocument, ResolvedRule>();
  // Every wrong reference would be compared with every rule.
  const didYouMean = suggestions(() => index.keys(), 10 * mostTold);

  return documents.flatMap((document): readonly ResolvedRule[] => {
    if (isRule(document)) return [resolveRule(document, [])];
    const { diagnostics } = filters.get(document)!;
    return hasErrors(diagnostics) ? [unusable(document, diagnostics)] : [];
  });

  function resolveRule(document: RuleDocument, path: readonly RuleDocument[]): ResolvedRule {
    const known = resolved.get(document);
    if (known) return known;
    const output = !serving.has(document);
    const before = [...document.diagnostics, ...(carried.get(document) ?? [])];
    const rule =
      document.kind === 'broken'
        ? { kind: 'broken' as const, document, output: true, diagnostics: before }
        : document.kind === 'detection'
          ? resolveDetection(document, output, before)
          : resolveCorrelation(document, output, before, path);
    resolved.set(document, rule);
    return rule;
  }

  function resolveDetection(
    document: DetectionDocument,
    output: boolean,
    before: readonly Diagnostic[],
  ): ResolvedRule {
    const diagnostics = [...before];
    const report: Report = (problem) => diagnostics.push(problem);
    const conditions = resolveConditions(document.conditions, document.selections, report);
    const own = [...filters.values()].filter(({ targets }) => targets.has(document));
    for (const { filter, diagnostics: problems } of own) {
      if (filter) continue;
      report(diagnostic('filter/broken', document.header.title.span, {}, causeOf(problems)));
    }
    if (hasErrors(diagnostics)) return { kind: 'broken', document, output, diagnostics };
    const applied = own.flatMap(({ filter }) => filter ?? []);
    return { kind: 'detection', document, conditions, filters: applied, output, diagnostics };
  }

  function resolveCorrelation(
    document: CorrelationDocument,
    output: boolean,
    before: readonly Diagnostic[],
    path: readonly RuleDocument[],
  ): ResolvedRule {
    const diagnostics = [...before];
    const report: Report = (problem) => diagnostics.push(problem);
    const here = [...path, document];
    const bases = document.rules.flatMap((reference) => {
      const target = resolveReference(reference, index, didYouMean, report);
      return target ? baseOf(reference, target, here, report) : [];
    });
    const aliases = resolveAliases(document, index, report);
    // Rules in a circle all serve one another, and still have to be heard of.
    const inCircle = diagnostics.some(({ code }) => code === 'correlation/cycle');
    return hasErrors(diagnostics)
      ? { kind: 'broken', document, output: output || inCircle, diagnostics }
      : { kind: 'correlation', document: { ...document, aliases }, bases, output, diagnostics };
  }

  function baseOf(
    { value: reference, span }: Text,
    target: RuleDocument,
    path: readonly RuleDocument[],
    report: Report,
  ): readonly ResolvedBase[] {
    if (path.includes(target)) {
      const circle = [...path.slice(path.indexOf(target)), target].map(labelOf);
      const help = 'a correlation is over rules that mean something without it: take this one out';
      report(diagnostic('correlation/cycle', span, { path: circle.join(' → ') }, { help }));
      return [];
    }
    if (path.length > maxNesting) {
      report(diagnostic('correlation/too-deep', span, { limit: maxNesting }));
      return [];
    }
    const rule = resolveRule(target, path);
    if (rule.kind !== 'broken') return [{ reference, rule, span }];
    report(diagnostic('rule/broken-reference', span, { reference }, causeOf(rule.diagnostics)));
    return [];
  }
}

/** A filter is no result of its own: what is to say of it goes with the first of its rules, or of all. */
function warningsToCarry(
  filters: ReadonlyMap<Document, FilterResult>,
  rules: readonly RuleDocument[],
): ReadonlyMap<RuleDocument, readonly Diagnostic[]> {
  const carried = new Map<RuleDocument, readonly Diagnostic[]>();
  for (const { filter, targets, diagnostics } of filters.values()) {
    const [carrier] = [...targets, ...rules];
    if (!filter || !carrier) continue;
    carried.set(carrier, [...(carried.get(carrier) ?? []), ...diagnostics]);
  }
  return carried;
}

function unusable(document: Document, diagnostics: readonly Diagnostic[]): BrokenRule {
  const broken =
    document.kind === 'broken'
      ? document
      : {
          kind: 'broken' as const,
          title: document.header.title.value,
          span: document.header.span,
          diagnostics,
        };
  return { kind: 'broken', document: broken, output: true, diagnostics };
}

/** The first error, or what that was caused by. */
function causeOf(diagnostics: readonly Diagnostic[]): Pick<Diagnostic, 'related'> {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error?.code === 'rule/broken-reference') return { related: error.related ?? [] };
  return error?.span ? { related: [{ message: error.message, span: error.span }] } : {};
}

function labelOf(document: RuleDocument): string {
  return namesOf(document).at(-1) ?? '';
}
