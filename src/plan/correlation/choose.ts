import { diagnostic, failure, success, type Outcome } from '../../diagnostics/index.js';
import type { CorrelationRule } from '../../ir/index.js';
import type { Backend } from '../backend.js';
import { isMonotone, leastCount } from './condition.js';
import { finiteList } from './finite.js';
import type { Form } from './form.js';

/**
 * The first form of the backend that covers the correlation.
 *
 * Errors: `plan/correlation-unsupported` with the reason of the form that comes nearest.
 */
export function chooseForm(rule: CorrelationRule, { manifest }: Backend): Outcome<Form> {
  const covers = (form: Form) => fits(rule, form);
  const form = manifest.correlations.forms.find(covers);
  if (form?.unsupported === undefined && form) return success(form);
  const { title: backend } = manifest;
  const help = form?.alternative === undefined ? {} : { help: form.alternative };
  const most = mostCount(rule, manifest.correlations.forms);
  if (most !== undefined) {
    const parameters = { backend, count: leastCount(rule), most };
    return failure(diagnostic('plan/threshold-too-large', rule.places.condition, parameters, help));
  }
  const reason = form?.unsupported ?? 'none of its forms covers the condition';
  const { window, type, span } = rule;
  const parameters = { backend, window: window.kind, type, reason };
  return failure(diagnostic('plan/correlation-unsupported', span, parameters, help));
}

/** The largest count that a form for such a rule takes, where it is the count that is too large. */
function mostCount(rule: CorrelationRule, forms: readonly Form[]): number | undefined {
  if (!Number.isFinite(leastCount(rule))) return undefined;
  // An order is of all its rules: there is no count that could be lower.
  if (rule.type === 'temporal_ordered') return undefined;
  const limits = forms.flatMap((form) => {
    const { count: { max, ...count } = {}, ...rest } = form;
    const isEnough = max !== undefined && form.unsupported === undefined;
    return isEnough && fits(rule, { ...rest, count }) ? max : [];
  });
  return limits.length > 0 ? limits.reduce((one, other) => Math.max(one, other)) : undefined;
}

function fits(rule: CorrelationRule, form: Form): boolean {
  const { type, window, bases } = rule;
  return (
    form.types.includes(type) &&
    form.windows.includes(window.kind) &&
    (form.extended !== true || rule.condition.kind === 'extended') &&
    (form.monotone !== true || isMonotone(rule)) &&
    within(form.count, leastCount(rule)) &&
    within(form.rules, bases.length) &&
    within(form.keys, rule.groupBy.length) &&
    (form.missingKeys === undefined || rule.onMissingKey === form.missingKeys) &&
    (form.finite !== true || (bases.length === 1 && finiteList(bases[0]!) !== undefined)) &&
    (form.sameKeys !== true || keysAreShared(rule))
  );
}

function within(
  limits: { readonly min?: number; readonly max?: number } | undefined,
  value: number,
): boolean {
  return value >= (limits?.min ?? 0) && value <= (limits?.max ?? Infinity);
}

/** Whether every rule takes its keys from the same fields. */
export function keysAreShared({ bases }: CorrelationRule): boolean {
  const [first, ...rest] = bases.map(({ keys }) => JSON.stringify(keys));
  return rest.every((each) => each === first);
}
