import type { BaseRule, CorrelationRule, DetectionRule, Field, Predicate } from '../ir/index.js';
import { conjunction } from '../ir/index.js';
import { plainField, withPlainFields } from './expressions.js';

/** A detection rule that a correlation counts, with the fields that it looks at. */
export interface Leaf {
  readonly rule: DetectionRule;
  /** What its correlation calls the keys. */
  readonly names: readonly string[];
  readonly keys: readonly Field[];
  /** Which component of the outermost correlation's key each is; those that it does not know come after these. */
  readonly places: readonly number[];
  readonly values: readonly Field[];
  /** Fields of the rule's own columns that are none of these. */
  readonly outputs: readonly Field[];
}

/** A rule, or a part of it, before and after the pipelines. */
export interface Made<T> {
  readonly meaning: T;
  readonly mapped: T;
}

/** A detection that no correlation counts. */
export function alone(rule: DetectionRule): Leaf {
  return { rule, names: [], keys: [], places: [], values: [], outputs: [] };
}

/** What a correlation reads of the events of the rule. */
export function needsOf({ keys, values, outputs }: Leaf): readonly Field[] {
  return [...keys, ...values, ...outputs];
}

/** Fields that events always have, with the word for nothing that the target leaves out. */
export function wordsLeftOut({ meaning, mapped }: Made<Leaf>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    meaning.keys.flatMap(({ name }, at) => {
      const { absent } = mapped.keys[at]!;
      return absent === undefined ? [] : [[name, absent] as const];
    }),
  );
}

/** The detection rules below a correlation. */
export function leavesOf(rule: CorrelationRule): readonly Leaf[] {
  return rule.bases.flatMap(({ rule: base, keys, values, outputs: columns }) => {
    if (base.kind === 'correlation') {
      const placeOf = (inner: number): number => {
        const name = base.groupBy[inner];
        const place = keys.findIndex((key) => key.name === name);
        return place < 0 ? keys.length + inner : place;
      };
      return leavesOf(base).map((leaf) => ({ ...leaf, places: leaf.places.map(placeOf) }));
    }
    const asked = new Set([...keys, ...values].map(({ name }) => name));
    const outputs = Object.values(columns).filter(
      ({ name }) => !asked.has(name) && asked.add(name),
    );
    return [{ rule: base, names: rule.groupBy, keys, places: [...keys.keys()], values, outputs }];
  });
}

/** The field of each detection, in their order, that is a component of the correlation's key. */
export function keyFieldsOf({ bases }: CorrelationRule, component: number): readonly Field[] {
  return bases.flatMap(({ rule, keys }) => {
    const field = keys[component]!;
    return rule.kind === 'detection'
      ? [field]
      : keyFieldsOf(rule, rule.groupBy.indexOf(field.name));
  });
}

/** The column of the reference alone that says of which table a row is. */
export const tableField = 'isosigma_table';

/** The correlation with other detections in place of its own. */
export function withLeaves(
  rule: CorrelationRule,
  change: (base: BaseRule, rule: DetectionRule) => BaseRule,
): CorrelationRule {
  const bases = rule.bases.map((base): BaseRule =>
    base.rule.kind === 'detection'
      ? change(base, base.rule)
      : { ...base, rule: withLeaves(base.rule, change) },
  );
  return { ...rule, bases };
}

/** The correlation with every detection inside its scope and table, over plain fields. */
export function inScope(rule: CorrelationRule, byTable: boolean): CorrelationRule {
  return withLeaves(rule, (base, detection) => {
    const outputs = Object.entries(base.outputs).map(([name, field]) => [name, plainField(field)]);
    return {
      ...base,
      rule: { ...detection, predicate: predicateInScope(detection, byTable) },
      keys: base.keys.map(plainField),
      values: base.values.map(plainField),
      outputs: Object.fromEntries(outputs) as BaseRule['outputs'],
    };
  });
}

/** What rows of the target the rule describes. */
export function predicateInScope(
  { predicate, target }: DetectionRule,
  byTable: boolean,
): Predicate {
  const table = byTable ? target!.table : undefined;
  const whole = conjunction([target!.scope, predicate], predicate.origin);
  return withPlainFields(table === undefined ? whole : marked(whole, table));
}

/** The predicate on what has the mark in `tableField`. */
export function marked(predicate: Predicate, mark: string): Predicate {
  const { origin } = predicate;
  const field = { name: tableField, type: 'string' as const };
  const test: Predicate = { kind: 'string', field, pattern: [mark], cased: true, origin };
  return conjunction([test, predicate], origin);
}
