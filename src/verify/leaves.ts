import type { BaseRule, CorrelationRule, DetectionRule, Field } from '../ir/index.js';
import { conjunction } from '../ir/index.js';
import { plainField, withPlainFields } from './expressions.js';

/** A detection rule that a correlation counts, with the fields that it looks at. */
export interface Leaf {
  readonly rule: DetectionRule;
  readonly keys: readonly Field[];
  readonly values: readonly Field[];
}

/** The detection rules below a correlation. */
export function leavesOf(rule: CorrelationRule): readonly Leaf[] {
  return rule.bases.flatMap(({ rule: base, keys, values }) =>
    base.kind === 'detection' ? [{ rule: base, keys, values }] : leavesOf(base),
  );
}

/** The column of the reference alone that says of which table a row is. */
export const tableField = 'isosigma_table';

/** The correlation with every detection inside its scope and table, over plain fields. */
export function inScope(rule: CorrelationRule, byTable: boolean): CorrelationRule {
  return { ...rule, bases: rule.bases.map((base) => baseInScope(base, byTable)) };
}

function baseInScope(base: BaseRule, byTable: boolean): BaseRule {
  const outputs = Object.entries(base.outputs).map(([name, field]) => [name, plainField(field)]);
  return {
    ...base,
    rule:
      base.rule.kind === 'correlation'
        ? inScope(base.rule, byTable)
        : { ...base.rule, predicate: predicateInScope(base.rule, byTable) },
    keys: base.keys.map(plainField),
    values: base.values.map(plainField),
    outputs: Object.fromEntries(outputs) as BaseRule['outputs'],
  };
}

/** What rows of the target the rule describes. */
export function predicateInScope({ predicate, target }: DetectionRule, byTable: boolean) {
  const { origin } = predicate;
  const table = byTable && target?.table;
  return withPlainFields(
    conjunction(
      [
        ...(typeof table === 'string'
          ? [
              {
                kind: 'string' as const,
                field: { name: tableField, type: 'string' as const },
                pattern: [table],
                cased: true,
                origin,
              },
            ]
          : []),
        target!.scope,
        predicate,
      ],
      origin,
    ),
  );
}
