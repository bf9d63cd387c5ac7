import type { BrokenDocument, CorrelationDocument, DetectionDocument, Document } from '../ast.js';

/** A document that stands for a rule, broken or not: any but a filter. */
export type RuleDocument =
  DetectionDocument | CorrelationDocument | (BrokenDocument & { readonly filters?: never });

export type RuleIndex = ReadonlyMap<string, readonly RuleDocument[]>;

export function isRule(document: Document): document is RuleDocument {
  return document.kind !== 'filter' && !(document.kind === 'broken' && document.filters);
}

/** What rules may be referred to by: id or name. */
export function namesOf(document: RuleDocument): readonly string[] {
  const { id, name } =
    document.kind === 'broken'
      ? document
      : { id: document.header.id?.value, name: document.header.name?.value };
  return [...new Set([id, name])].filter((each) => each !== undefined);
}

/** The rules by id and by name. Several may answer to one; that is for the one who asks to judge. */
export function indexRules(rules: readonly RuleDocument[]): RuleIndex {
  const index = new Map<string, RuleDocument[]>();
  for (const rule of rules) {
    for (const name of namesOf(rule)) {
      const sharing = index.get(name);
      if (sharing) sharing.push(rule);
      else index.set(name, [rule]);
    }
  }
  return index;
}

/**
 * The rules that are there for correlations only: those that one names, unless a correlation that
 * names them says `generate`.
 */
export function servingRules(
  rules: readonly RuleDocument[],
  index: RuleIndex,
): ReadonlySet<RuleDocument> {
  const correlations = rules.filter((rule) => rule.kind === 'correlation');
  const namedBy = (generate: boolean): readonly RuleDocument[] =>
    correlations
      .filter((correlation) => correlation.generate === generate)
      .flatMap((correlation) => correlation.rules.flatMap(({ value }) => index.get(value) ?? []));
  const generated = new Set(namedBy(true));
  return new Set(namedBy(false).filter((rule) => !generated.has(rule)));
}
