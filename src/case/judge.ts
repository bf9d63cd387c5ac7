import { correlate, matcher } from '../evaluate/index.js';
import type { Rule } from '../ir/index.js';
import type { Case, ExpectedAlert } from './case.js';

/** Why a case fails; undefined if it passes. */
export function failureOf(rule: Rule, test: Case): string | undefined {
  if (test.kind === 'event') {
    if (rule.kind === 'correlation') return 'a correlation is tested with streams';
    const found = matcher(rule.predicate)(test.event);
    if (found === test.matches) return undefined;
    return found ? 'the rule matches the event' : 'the rule does not match the event';
  }
  if (rule.kind === 'detection') return 'a detection is tested with match and no-match';
  const alerts = firstOf(correlate(rule, test.events, { now: test.now }));
  // Where the case gives no time, any will do.
  const timeless = new Set(
    test.alerts.flatMap(({ key, at }) => (at === undefined ? [keyOf(key)] : [])),
  );
  const shown = (all: readonly ExpectedAlert[]) =>
    all.map(({ key, at }) => textOf(key, timeless.has(keyOf(key)) ? undefined : at)).sort();
  const expected = shown(test.alerts);
  const found = shown(alerts);
  if (JSON.stringify(expected) === JSON.stringify(found)) return undefined;
  return `it alerts for ${listed(found)}, not for ${listed(expected)}`;
}

/** The first alert of every key, but of tumbling windows each bin of its own: only the first is asked for. */
function firstOf(
  alerts: readonly { readonly key: ExpectedAlert['key']; readonly at: number | null }[],
): readonly ExpectedAlert[] {
  const first = new Map<string, ExpectedAlert>();
  for (const { key, at } of alerts) {
    const identity = keyOf(key);
    if (!first.has(identity)) first.set(identity, { key, ...(at !== null && { at }) });
  }
  return [...first.values()];
}

function keyOf(key: ExpectedAlert['key']): string {
  return JSON.stringify(key);
}

function textOf(key: ExpectedAlert['key'], at: number | undefined): string {
  return `${keyOf(key)}${at === undefined ? '' : ` at ${new Date(at).toISOString()}`}`;
}

function listed(alerts: readonly string[]): string {
  return alerts.length === 0 ? 'nothing' : alerts.join(', ');
}
