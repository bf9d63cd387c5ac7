import type { CorrelationRule, RuleExpression } from '../../src/ir/index.js';
import type { Alert, TimedEvent } from '../../src/evaluate/correlate.js';

/**
 * The definition of docs/semantics-correlations.md as it stands there, set by set, without a thought
 * for time or memory: every window is built anew from all hits. For rules over detections whose
 * predicates are given as functions.
 */
export function literalAlerts(
  rule: CorrelationRule,
  matches: readonly ((event: TimedEvent) => boolean)[],
  events: readonly TimedEvent[],
  range: { readonly from: number; readonly to: number },
): readonly Alert[] {
  const inRange = events.filter(({ time }) => range.from <= time && time < range.to);
  const hits = rule.bases.flatMap((_, base) =>
    inRange.filter((event) => matches[base]!(event)).map((event) => ({ event, base })),
  );
  type Hit = (typeof hits)[number];
  const keyOf = ({ event, base }: Hit) =>
    rule.bases[base]!.keys.map(({ name }) => canonical(event.event[name]));
  const grouped = hits.filter((hit) => rule.onMissingKey === 'group' || !keyOf(hit).includes(null));
  const keys = new Map(grouped.map((hit) => [JSON.stringify(keyOf(hit)), keyOf(hit)]));

  return [...keys].flatMap(([identity, key]) => {
    const own = grouped.filter((hit) => JSON.stringify(keyOf(hit)) === identity);
    return windows(own).flatMap(({ label, inside }) => {
      const value = aggregate(inside);
      return value !== undefined && holds(value) ? [{ key, at: label, value }] : [];
    });
  });

  function windows(
    own: readonly Hit[],
  ): readonly { label: number | null; inside: readonly Hit[] }[] {
    const T = rule.timespan;
    const times = own.map(({ event }) => event.time);
    switch (rule.window.kind) {
      case 'sliding':
        return [...new Set(times)].map((t) => ({
          label: t,
          inside: own.filter(({ event }) => t - T <= event.time && event.time <= t),
        }));
      case 'tumbling':
        return [...new Set(times.map((time) => T * Math.floor(time / T)))].map((b) => ({
          label: b,
          inside: own.filter(({ event }) => b <= event.time && event.time < b + T),
        }));
      case 'total':
        return [{ label: range.from === -Infinity ? null : range.from, inside: own }];
    }
  }

  function aggregate(inside: readonly Hit[]): number | undefined {
    const distinctEvents = [...new Set(inside.map(({ event }) => event))];
    const rules = new Set(inside.map(({ base }) => base));
    switch (rule.type) {
      case 'event_count':
        return distinctEvents.length;
      case 'value_count':
        return new Set(
          inside
            .map(({ event, base }) =>
              rule.bases[base]!.values.map(({ name }) => canonical(event.event[name])),
            )
            .filter((tuple) => !tuple.includes(null))
            .map((tuple) => JSON.stringify(tuple)),
        ).size;
      case 'temporal':
        return rule.condition.kind === 'bounds' || isTrue(rule.condition.expression, rules)
          ? rules.size
          : undefined;
      case 'temporal_ordered':
        return hasChain(inside, 0, -Infinity) ? rule.bases.length : undefined;
      default:
        return numeric(distinctEvents.map(({ event }) => event[rule.bases[0]!.values[0]!.name]));
    }
  }

  function numeric(values: readonly unknown[]): number | undefined {
    const numbers = values
      .filter((value) => typeof value === 'number')
      .sort((left, right) => left - right);
    const n = numbers.length;
    const total = numbers.reduce((sum, number) => sum + number, 0);
    if (n === 0) return undefined;
    if (rule.type === 'value_sum') return total;
    if (rule.type === 'value_avg') return total / n;
    if (rule.type === 'value_median') {
      return n % 2 === 1 ? numbers[(n - 1) / 2] : (numbers[n / 2 - 1]! + numbers[n / 2]!) / 2;
    }
    return numbers.find((_, index) => ((index + 1) / n) * 100 >= rule.percentile!);
  }

  function hasChain(inside: readonly Hit[], step: number, since: number): boolean {
    return (
      step === rule.bases.length ||
      inside.some(
        ({ event, base }) =>
          base === step && event.time >= since && hasChain(inside, step + 1, event.time),
      )
    );
  }

  function holds(value: number): boolean {
    if (rule.condition.kind === 'extended') return true;
    return rule.condition.bounds.every(({ operator, threshold }) => {
      const compare = {
        gt: value > threshold,
        gte: value >= threshold,
        lt: value < threshold,
        lte: value <= threshold,
        eq: value === threshold,
        neq: value !== threshold,
      };
      return compare[operator];
    });
  }
}

function isTrue(expression: RuleExpression, rules: ReadonlySet<number>): boolean {
  switch (expression.kind) {
    case 'occurs':
      return rules.has(expression.base);
    case 'not':
      return !isTrue(expression.operand, rules);
    case 'and':
      return expression.operands.every((operand) => isTrue(operand, rules));
    case 'or':
      return expression.operands.some((operand) => isTrue(operand, rules));
  }
}

function canonical(value: unknown): string | null {
  const isScalar =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && value !== '' ? String(value) : null;
}
