import { expect, test } from 'vitest';
import { correlate, type Alert } from '../../src/evaluate/correlate.js';
import { timeOf } from '../../src/evaluate/index.js';
import type { CorrelationRule } from '../../src/ir/index.js';
import { toIr } from './neutral.js';
import { lowerCorrelationText, meaningOf } from './sigma.js';
import { vectors, type Vector } from './vectors.js';

/** No vector has a range that moves with the clock. */
const now = Date.UTC(2024, 0, 20, 12);

function alertsOf(vector: Vector, rule: CorrelationRule): readonly Alert[] {
  const events = vector.events.map(({ time, fields }) => ({
    time: timeOf({ time }, 'time')!,
    event: fields,
  }));
  const range = vector.range && { from: vector.range.start, to: vector.range.end };
  return correlate(rule, events, { ...range, now });
}

/** As a set: one text an element, sorted. */
function setOf(elements: readonly unknown[]): readonly string[] {
  return [...new Set(elements.map((element) => JSON.stringify(element)))].sort();
}

/** The earliest alert of every key; alerts come in the order of time. */
function firstOf(alerts: readonly Alert[]): readonly unknown[] {
  const keys = alerts.map(({ key }) => JSON.stringify(key));
  return alerts
    .filter((_, index) => keys.indexOf(keys[index]!) === index)
    .map(({ key, at }) => ({ key, at }));
}

function expectAlerts(vector: Vector, rule: CorrelationRule): void {
  const alerts = alertsOf(vector, rule);
  const { keys, bins, first, alerts: all } = vector.expected;
  expect(setOf(alerts.map(({ key }) => key)), 'level key').toEqual(setOf(keys));
  if (bins) {
    const asBins = alerts.map(({ key, at, value }) => ({ key, bin: at, value }));
    expect(setOf(asBins), 'level bin').toEqual(setOf(bins));
  }
  if (first) expect(setOf(firstOf(alerts)), 'level first').toEqual(setOf(first));
  expect(setOf(alerts), 'level all').toEqual(
    setOf(all.map(({ key, at, value }) => ({ key, at, value }))),
  );
  expect(alerts).toHaveLength(all.length);
  expect(alerts.every(({ at }) => at === null || Number.isFinite(at))).toBe(true);
}

test.each(vectors)('$name, as a neutral rule: $purpose', (vector) => {
  expectAlerts(vector, toIr(vector));
});

test.each(vectors)('$name, as Sigma text: $purpose', (vector) => {
  const { rule, diagnostics } = lowerCorrelationText(vector.sigma);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expectAlerts(vector, rule!);
  expect(meaningOf(rule)).toEqual(meaningOf(toIr(vector)));
});

const codes: Readonly<Record<string, string>> = {
  'lint:non-monotone-sliding': 'lower/correlation-sliding-not-lower-bound',
  'lint:default-tumbling': 'lower/correlation-default-tumbling',
};

test.each(vectors)('$name warns about its window if it says so', (vector) => {
  const { diagnostics } = lowerCorrelationText(vector.sigma);
  const about = diagnostics.filter(({ code }) => Object.values(codes).includes(code));
  const expected = vector.tags.flatMap((tag) => codes[tag] ?? []);
  expect(about.map(({ code }) => code)).toEqual(expected);
  for (const { help, span } of about) {
    expect(help).toContain('window: tumbling');
    expect(span).toBeDefined();
  }
});

test('the time of every event is its ts, cut to milliseconds', () => {
  for (const { events } of vectors) {
    for (const { time, ts } of events) expect(timeOf({ time }, 'time')).toBe(ts);
  }
});
