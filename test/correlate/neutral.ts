import {
  pattern,
  type CorrelationRule,
  type Predicate,
  type RuleExpression,
} from '../../src/ir/index.js';
import type { DetectionRule } from '../../src/ir/index.js';
import type { Header } from '../../src/syntax/index.js';
import type { Extended, Match, NeutralRule, Operator, Vector } from './vectors.js';

const origin = { source: { name: 'neutral', text: '' }, start: 0, end: 0 };

const header: Header = {
  span: origin,
  title: { value: 'neutral', span: origin },
  references: [],
  tags: [],
  falsepositives: [],
  fields: [],
  scope: [],
  related: [],
  custom: {},
};

/** The IR of a vector's neutral rule, made without lowering any Sigma text. */
export function toIr({ rule, sigma }: Pick<Vector, 'rule' | 'sigma'>): CorrelationRule {
  return correlation({ windowExplicit: /^isosigma:.*\bwindow:/m.test(sigma), ...rule });
}

export function correlation(rule: NeutralRule): CorrelationRule {
  const { field, percentile, ...bounds } = rule.condition ?? {};
  const names = rule.rules.map(({ name }) => name);
  return {
    kind: 'correlation',
    header,
    type: rule.type,
    bases: rule.rules.map((base) => ({
      name: base.name,
      rule: 'match' in base ? detection(base.match) : correlation(base.correlation),
      keys: rule.groupBy.map((key) => any(rule.aliases?.[key]?.[base.name] ?? key)),
      values: [field ?? []].flat().map((value) => any(rule.aliases?.[value]?.[base.name] ?? value)),
      outputs: {},
    })),
    groupBy: rule.groupBy,
    aliases: new Set(Object.keys(rule.aliases ?? {})),
    timespan: rule.timespanMs,
    window: { kind: rule.window, explicit: rule.windowExplicit ?? false },
    onMissingKey: rule.onMissingKey,
    condition: rule.extended
      ? { kind: 'extended', expression: expression(rule.extended, names) }
      : { kind: 'bounds', bounds: boundsOf(bounds, names.length) },
    ...(percentile !== undefined && { percentile }),
    output: [],
    sort: [],
    span: origin,
    places: { groupBy: origin, condition: origin },
  };
}

function boundsOf(bounds: Readonly<Partial<Record<Operator, number>>>, rules: number) {
  const given = Object.entries(bounds).map(([operator, threshold]) => ({
    operator: operator as Operator,
    threshold,
  }));
  return given.length > 0 ? given : [{ operator: 'gte' as const, threshold: rules }];
}

function expression(extended: Extended, names: readonly string[]): RuleExpression {
  if (typeof extended === 'string') return { kind: 'occurs', base: names.indexOf(extended) };
  if ('not' in extended) return { kind: 'not', operand: expression(extended.not, names) };
  const [kind, operands] =
    'and' in extended ? (['and', extended.and] as const) : (['or', extended.or] as const);
  return { kind, operands: operands.map((operand) => expression(operand, names)) };
}

function detection(match: Match): DetectionRule {
  return {
    kind: 'detection',
    header,
    logSource: { category: 'test', custom: {}, span: origin },
    predicate: predicate(match),
  };
}

function predicate(match: Match): Predicate {
  if ('any' in match) return { kind: 'constant', value: true, origin };
  if ('exists' in match) return { kind: 'exists', field: any(match.exists), origin };
  if ('not' in match) return { kind: 'not', operand: predicate(match.not), origin };
  if ('and' in match) return { kind: 'and', operands: match.and.map(predicate), origin };
  if ('or' in match) return { kind: 'or', operands: match.or.map(predicate), origin };
  const atoms = ('in' in match ? match.in : [match.eq]).map((value) => ({
    kind: 'string' as const,
    field: any(match.field),
    pattern: pattern([value]),
    cased: match.cased ?? false,
    origin,
  }));
  return atoms.length === 1 ? atoms[0]! : { kind: 'or', operands: atoms, origin };
}

function any(name: string) {
  return { name, type: 'any' as const };
}
