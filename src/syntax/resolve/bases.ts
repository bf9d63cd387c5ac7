import { diagnostic, suggestions } from '../../diagnostics/index.js';
import type { Alias, CorrelationDocument, Text } from '../ast.js';
import type { Report } from '../parse/read.js';
import type { RuleDocument, RuleIndex } from './references.js';

/** The one rule that a correlation means. */
export function resolveReference(
  { value: reference, span }: Text,
  index: RuleIndex,
  didYouMean: ReturnType<typeof suggestions>,
  report: Report,
): RuleDocument | undefined {
  const [found, ...others] = index.get(reference) ?? [];
  if (!found) {
    report(diagnostic('rule/unknown-reference', span, { reference }, didYouMean(reference)));
  } else if (others.length > 0) {
    const related = [found, ...others].map((rule) => ({
      message: 'one of them',
      span: rule.kind === 'broken' ? rule.span : rule.header.title.span,
    }));
    const parameters = { reference, count: related.length };
    const help = 'give each a name of its own, or refer to one by its id';
    report(diagnostic('rule/ambiguous-reference', span, parameters, { related, help }));
    return undefined;
  }
  return found;
}

/**
 * The aliases with their rules spelled as `rules` spells them: an alias may name a rule that is
 * listed by its id. The specification wants rules with aliases to have a name.
 */
export function resolveAliases(
  { aliases, rules }: CorrelationDocument,
  index: RuleIndex,
  report: Report,
): readonly Alias[] {
  const didYouMean = suggestions(() => rules.map(({ value }) => value));
  const referenceOf = ({ value, span }: Text): Text => {
    const meant = index.get(value) ?? [];
    const reference =
      rules.find((rule) => rule.value === value) ??
      rules.find((rule) => index.get(rule.value)?.some((each) => meant.includes(each)));
    if (!reference) {
      report(diagnostic('correlation/alias-rule', span, { rule: value }, didYouMean(value)));
      return { value, span };
    }
    if (meant.some((rule) => rule.kind !== 'broken' && !rule.header.name)) {
      report(diagnostic('correlation/alias-without-name', span, { rule: value }));
    }
    return { value: reference.value, span };
  };
  return aliases.map(({ name, fields }) => ({
    name,
    fields: fields.map(({ rule, field }) => ({ rule: referenceOf(rule), field })),
  }));
}
