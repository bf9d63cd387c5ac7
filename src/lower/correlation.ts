import {
  all,
  andThen,
  diagnostic,
  failure,
  outcome,
  type Diagnostic,
  type Outcome,
  type Span,
} from '../diagnostics/index.js';
import {
  boundHolds,
  type BaseRule,
  type CorrelationCondition,
  type CorrelationRule,
  type Field,
  type Rule,
} from '../ir/index.js';
import type { CorrelationDocument, ResolvedBase, ResolvedCorrelation } from '../syntax/index.js';
import { lowerCondition } from './correlation/condition.js';
import { outcomesOf } from './correlation/outcomes.js';
import { writtenOutSize } from './correlation/size.js';
import { windowOf, windowWarnings } from './correlation/window.js';

/** How many rules a correlation may stand for, references written out. */
const maxSize = 1000;

/**
 * The meaning of a correlation (Sigma correlation rules 2.1; docs/semantics-correlations.md for what
 * they leave open). Errors: a part that has no meaning, and whatever is wrong with a referenced rule.
 */
export function lowerCorrelation(
  { document, bases }: ResolvedCorrelation,
  lowerBase: (rule: ResolvedBase['rule']) => Outcome<Rule>,
): Outcome<CorrelationRule> {
  const size = writtenOutSize(bases);
  if (size > maxSize) {
    const parameters = { size, limit: maxSize };
    return failure(diagnostic('lower/correlation-too-large', document.span, parameters));
  }
  return andThen(all(bases.map((base) => lowerReference(base, document, lowerBase))), (lowered) => {
    const condition = lowerCondition(document, bases);
    const window = windowOf(document, condition);
    const { header, type, timespan, percentile, span } = document;
    const { onMissingKey = 'drop', range, output = [], sort = [] } = header.isosigma ?? {};
    const rule: CorrelationRule = {
      kind: 'correlation',
      header,
      type,
      bases: lowered,
      groupBy: document.groupBy.map(({ value }) => value),
      aliases: new Set(document.aliases.map(({ name }) => name.value)),
      timespan,
      window,
      onMissingKey,
      ...(range && { range }),
      condition,
      ...(percentile !== undefined && { percentile }),
      output,
      sort,
      span,
      places: { groupBy: groupByOf(document), condition: conditionOf(document) },
    };
    return outcome(rule, [
      ...windowWarnings(document, condition, window),
      ...checkCondition(document, condition, bases.length),
    ]);
  });
}

/** A referenced rule with its own field for every name that the correlation uses. */
function lowerReference(
  base: ResolvedBase,
  document: CorrelationDocument,
  lowerBase: (rule: ResolvedBase['rule']) => Outcome<Rule>,
): Outcome<BaseRule> {
  const fieldCalled = (name: string): Field => {
    const alias = document.aliases.find((each) => each.name.value === name);
    const own = alias?.fields.find(({ rule }) => rule.value === base.reference);
    return { name: own?.field.value ?? name, type: 'any' };
  };
  const keys = document.groupBy.map(({ value }) => fieldCalled(value));
  const values = document.fields.map(({ value }) => fieldCalled(value));
  const outputs = (document.header.isosigma?.output ?? []).flatMap(({ name, field }) =>
    field === undefined ? [] : [[name, fieldCalled(field)] as const],
  );
  return andThen(lowerBase(base.rule), (rule) => {
    const fields = [...keys, ...values, ...outputs.map(([, field]) => field)];
    const lowered = {
      name: base.reference,
      rule,
      keys,
      values,
      outputs: Object.fromEntries(outputs),
    };
    return outcome(lowered, checkInnerFields(base, rule, fields));
  });
}

/** The alerts of an inner correlation carry its group-by fields and nothing else. */
function checkInnerFields(
  { reference, span }: ResolvedBase,
  rule: Rule,
  fields: readonly Field[],
): readonly Diagnostic[] {
  if (rule.kind === 'detection') return [];
  const missing = new Set(
    fields.map(({ name }) => name).filter((name) => !rule.groupBy.includes(name)),
  );
  if (missing.size === 0) return [];
  const names = [...missing].map((name) => `'${name}'`).join(', ');
  return [
    diagnostic(
      'lower/correlation-inner-field',
      span,
      { rule: reference, fields: names },
      { help: `add ${names} to the group-by of '${reference}', or leave it out here` },
    ),
  ];
}

function groupByOf({ groupBy, span }: CorrelationDocument): Span {
  const [first, last] = [groupBy[0], groupBy.at(-1)];
  return first && last ? { ...first.span, end: last.span.end } : span;
}

function conditionOf({ extended, bounds, span }: CorrelationDocument): Span {
  return extended?.span ?? bounds[0]?.span ?? span;
}

function checkCondition(
  document: CorrelationDocument,
  condition: CorrelationCondition,
  rules: number,
): readonly Diagnostic[] {
  const { type } = document;
  const place = conditionOf(document);
  if (type === 'temporal_ordered' && !wantsEveryRule(condition, rules)) {
    const help = 'leave the condition out, or use temporal, which counts rules in any order';
    return [diagnostic('lower/correlation-ordered-condition', place, { count: rules }, { help })];
  }
  switch (outcomesOf(type, condition, rules)) {
    case 'none':
      return [
        diagnostic('lower/correlation-never', place, {}, { help: whyNever(type, condition) }),
      ];
    case 'all': {
      const help = 'ask for more, or do without the correlation: its rules say the same';
      return [diagnostic('lower/correlation-always', place, {}, { help })];
    }
    case 'some':
      return [];
  }
}

function whyNever(type: CorrelationDocument['type'], condition: CorrelationCondition): string {
  if (condition.kind === 'extended') return 'whichever of its rules occur, it is false';
  const no = 'no number keeps these bounds';
  if (type === 'event_count') return `${no}: a group exists through an event, so there is no zero`;
  return type === 'temporal'
    ? `${no}: a window has one of the rules at least, and all at most`
    : no;
}

/** Whether all rules keep the condition, and fewer do not. */
function wantsEveryRule(condition: CorrelationCondition, rules: number): boolean {
  if (condition.kind === 'extended') return false;
  const keeps = (value: number) => condition.bounds.every((bound) => boundHolds(bound, value));
  return keeps(rules) && Array.from({ length: rules }, (_, fewer) => fewer).every((n) => !keeps(n));
}
