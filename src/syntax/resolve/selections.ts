import { diagnostic, suggestions } from '../../diagnostics/index.js';
import type { Span } from '../../diagnostics/index.js';
import type { Condition, Selection } from '../ast.js';
import type { Report } from '../parse/read.js';
import type { ResolvedCondition } from '../resolved.js';

/** How many selections the quantifiers of one document may stand for: a bound for hostile files. */
const maxWritten = 100_000;

/** The conditions over the selections that they name; without those that name none. */
export function resolveConditions(
  conditions: readonly Condition[],
  selections: readonly Selection[],
  report: Report,
): readonly ResolvedCondition[] {
  let total = 0;
  const byName = new Map(selections.map((selection) => [selection.name, selection]));
  const didYouMean = suggestions(() => byName.keys());
  return conditions.flatMap((condition) => resolve(condition) ?? []);

  function resolve(condition: Condition): ResolvedCondition | undefined {
    switch (condition.kind) {
      case 'and':
      case 'or': {
        const operands = condition.operands.flatMap((operand) => resolve(operand) ?? []);
        return { ...condition, operands };
      }
      case 'not': {
        const operand = resolve(condition.operand);
        return operand && { ...condition, operand };
      }
      case 'selection': {
        const { name, span } = condition;
        const selection = byName.get(name);
        if (selection) return { kind: 'selection', selection, span };
        report(diagnostic('condition/unknown-selection', span, { name }, didYouMean(name)));
        return undefined;
      }
      case 'quantified': {
        const { quantifier, pattern = 'them', span } = condition;
        const chosen = condition.pattern === undefined ? visible() : matching(condition.pattern);
        total += chosen.length;
        if (total > maxWritten) {
          const isFirst = total - chosen.length <= maxWritten;
          if (isFirst) report(diagnostic('condition/too-large', span, { limit: maxWritten }));
          return undefined;
        }
        if (chosen.length > 0) return written(quantifier, chosen, span);
        const extra = didYouMean(pattern.replaceAll('*', ''));
        report(diagnostic('condition/no-match', span, { pattern }, extra));
        return undefined;
      }
    }
  }

  /** `them`: names that begin with `_` do not belong to it. */
  function visible(): readonly Selection[] {
    return selections.filter(({ name }) => !name.startsWith('_'));
  }

  function matching(pattern: string): readonly Selection[] {
    const candidates = pattern.startsWith('_') ? selections : visible();
    return candidates.filter(({ name }) => matchesPattern(name, pattern));
  }
}

function written(
  quantifier: 'one' | 'all',
  selections: readonly Selection[],
  span: Span,
): ResolvedCondition {
  const operands = selections.map((selection) => ({ kind: 'selection', selection, span }) as const);
  if (operands.length === 1) return operands[0]!;
  return { kind: quantifier === 'one' ? 'or' : 'and', operands, span };
}

/** Whether a name has the form of a pattern, in which `*` is any run. Linear: no backtracking. */
function matchesPattern(name: string, pattern: string): boolean {
  const [first, ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first!)) return false;
  let at = first!.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
