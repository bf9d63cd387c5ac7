import type { RuleExpression } from '../ir/index.js';
import {
  fill,
  rangeWord,
  slotText,
  type Backend,
  type Context,
  type PlannedCorrelation,
  type RowSet,
} from '../plan/index.js';
import { duration } from './duration.js';
import { hold, type Fragment } from './fragment.js';

/** The bounds on the counted column, or the extended condition, as a test. */
export function conditionText(
  { rule, form }: PlannedCorrelation,
  { manifest }: Backend,
  context: Context,
): string {
  const words = manifest.correlations;
  if (rule.condition.kind === 'bounds') {
    return rule.condition.bounds
      .map(({ operator, threshold }) =>
        fill(slotText(words.bound), {
          column: words.columns.count,
          operator: words.operators[operator],
          number: String(threshold),
        }),
      )
      .join(words.and);
  }
  const occurs = form.occurs ?? '';
  const text = (expression: RuleExpression): Fragment => {
    const { connectives } = context;
    switch (expression.kind) {
      case 'occurs':
        return {
          text: occurs
            .replaceAll('{number}', String(expression.base + 1))
            .replaceAll('{span}', duration(rule.timespan, words.duration))
            .replaceAll('{ms}', String(rule.timespan)),
          strength: 0,
        };
      case 'not': {
        const operand = hold(text(expression.operand), connectives.not.operand, context);
        return {
          text: connectives.not.text.replace('{operand}', () => operand),
          strength: connectives.not.strength,
        };
      }
      default: {
        const { text: word, strength } = connectives[expression.kind];
        const operands = expression.operands.map((each) => hold(text(each), 1_000, context));
        return { text: operands.join(` ${word} `), strength };
      }
    }
  };
  return text(rule.condition.expression).text;
}

/** The range of the rule, or of the search, as a test on the time column; empty without either. */
export function rangeText(
  { rule, searchRange }: PlannedCorrelation,
  set: RowSet,
  { manifest, contexts }: Backend,
): string {
  const { range: words, duration: units } = manifest.correlations;
  const column = set.time === '' ? '' : contexts.at(-1)!.field.write(set.time);
  const { range } = rule;
  if (range === undefined) {
    if (searchRange === undefined || column === '') return '';
    return fill(slotText(words.last as string), {
      column,
      last: duration(searchRange, units),
      ms: String(searchRange),
    });
  }
  const text = slotText(words[rangeWord(range.kind)] as string);
  switch (range.kind) {
    case 'absolute':
      return fill(text, {
        column,
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        fromms: String(range.from),
        toms: String(range.to),
      });
    case 'month-offset':
      return fill(text, { column, offset: String(range.offset), next: String(range.offset + 1) });
    case 'month-containing':
      return fill(text, { column, before: duration(range.before, units) });
  }
}
