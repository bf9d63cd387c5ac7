import { expect, test } from 'vitest';
import { correlate, type Alert } from '../../src/evaluate/correlate.js';
import { toIr } from './neutral.js';
import { vectors, type Vector } from './vectors.js';

const noon = Date.UTC(2024, 0, 20, 12);

function alertsOf(vector: Vector): readonly Alert[] {
  const events = vector.events.map(({ ts, fields }) => ({ time: ts, event: fields }));
  const range = vector.range && { from: vector.range.start, to: vector.range.end };
  return correlate(toIr(vector.rule, vector.name), events, { ...range, now: noon });
}

/** As a set: one text an element, sorted. */
function setOf(elements: readonly unknown[]): readonly string[] {
  return [...new Set(elements.map((element) => JSON.stringify(element)))].sort();
}

function firstOf(alerts: readonly Alert[]): readonly unknown[] {
  return alerts
    .filter((alert, index) => alerts.findIndex((other) => sameKey(alert, other)) === index)
    .map(({ key, at }) => ({ key, at }));
}

function sameKey(one: Alert, other: Alert): boolean {
  return JSON.stringify(one.key) === JSON.stringify(other.key);
}

test.each(vectors)('$name: $purpose', (vector) => {
  const alerts = alertsOf(vector);
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
});
