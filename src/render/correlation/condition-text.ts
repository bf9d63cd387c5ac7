import type { RuleExpression } from '../../ir/index.js';
import { fill, slotText, type Backend, type PlannedCorrelation } from '../../plan/index.js';
import { duration } from '../duration.js';
import { hold, type Fragment } from '../fragment.js';

/** The bounds on the column of the total, or the extended condition, as a test. */
export function conditionText(query: PlannedCorrelation, backend: Backend, total: string): string {
  const { condition } = query.rule;
  const { rows, and } = backend.manifest.correlations;
  const { bound, operators } = rows!;
  if (condition.kind === 'extended')
    return expressionText(condition.expression, query, backend).text;
  return condition.bounds
    .map(({ operator, threshold }) =>
      fill(slotText(bound), {
        column: total,
        operator: operators[operator],
        number: String(threshold),
      }),
    )
    .join(and);
}

function expressionText(
  expression: RuleExpression,
  query: PlannedCorrelation,
  backend: Backend,
): Fragment {
  const context = backend.contexts.at(-1)!;
  const { connectives } = context;
  switch (expression.kind) {
    case 'occurs': {
      const { rule, form } = query;
      const text = fill(slotText(form.occurs!), {
        number: String(expression.base + 1),
        span: duration(rule.timespan, backend.manifest.correlations.duration),
        ms: String(rule.timespan),
      });
      return { text, strength: 0 };
    }
    case 'not': {
      const { text, strength, operand } = connectives.not;
      const held = hold(expressionText(expression.operand, query, backend), operand, context);
      return { text: text.replace('{operand}', () => held), strength };
    }
    default: {
      const { text, strength } = connectives[expression.kind];
      const operands = expression.operands.map((each) =>
        hold(expressionText(each, query, backend), Infinity, context),
      );
      return { text: operands.join(` ${text} `), strength };
    }
  }
}
