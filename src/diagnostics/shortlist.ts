import type { Severity } from './catalog/entry.js';
import { diagnostic, type Diagnostic } from './diagnostic.js';
import { documentStart, type SourceFile } from './source.js';

/** The most diagnostics that are told of one rule or pipeline file: who has read twenty knows that there are more. */
export const mostTold = 20;

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

interface Rule {
  told: number;
  readonly rest: Diagnostic[];
}

/**
 * The diagnostics in their order, at most twenty of each rule, which is a document of a file, and
 * behind them one `rule/more-problems` for the rest of each. Errors go before warnings and these
 * before notes, so that a rule with errors always shows some. What has no place stays.
 */
export function shortlist(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostTold) return diagnostics;
  const bySeverity = [...diagnostics.keys()].sort((one, other) => rank(one) - rank(other));
  const files = new Map<SourceFile, Map<number, Rule>>();
  const told = bySeverity.filter((at) => {
    const problem = diagnostics[at]!;
    if (!problem.span) return true;
    const rules = files.get(problem.span.source) ?? new Map<number, Rule>();
    const start = documentStart(problem.span);
    const rule = rules.get(start) ?? { told: 0, rest: [] };
    files.set(problem.span.source, rules.set(start, rule));
    rule.told += 1;
    if (rule.told > mostTold) rule.rest.push(problem);
    return rule.told <= mostTold;
  });
  const rests = [...files.values()].flatMap((rules) => [...rules.values()]);
  return [
    ...told.sort((one, other) => one - other).map((at) => diagnostics[at]!),
    ...rests.flatMap(({ rest }) => (rest.length > 0 ? more(rest) : [])),
  ];

  function rank(at: number): number {
    return ranks[diagnostics[at]!.severity];
  }
}

function more(rest: readonly Diagnostic[]): Diagnostic {
  const errors = rest.filter(({ severity }) => severity === 'error').length;
  return diagnostic('rule/more-problems', rest[0]!.span, { count: rest.length, errors });
}
