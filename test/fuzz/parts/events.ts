import fc from 'fast-check';
import { mutated, mutations, type Mutation } from '../edits.js';
import { isosigma } from '../isosigma.js';
import type { Part } from '../part.js';
import { written } from '../scratch.js';

const types = ['event_count', 'value_count', 'temporal', 'none'] as const;

interface Recorded {
  readonly events: Mutation;
  readonly type: (typeof types)[number];
  /** How often the events come again, each time a second later. */
  readonly times: number;
  readonly groups: number;
}

const event = JSON.stringify({
  '@timestamp': '2026-01-01T00:00:00Z',
  EventID: 4625,
  TargetUserName: 'u',
  Nested: { a: [1, 'x', null] },
});

const detection = (name: string) => ({
  title: name,
  name,
  logsource: { product: 'windows' },
  detection: { s: { EventID: 4625 }, condition: 's' },
});

function ruleOf(type: Recorded['type']): string {
  const field = type === 'value_count' ? { field: 'EventID' } : {};
  const correlation = {
    title: 'All',
    correlation: {
      type,
      rules: type === 'temporal' ? ['one', 'two'] : ['one'],
      'group-by': ['TargetUserName'],
      timespan: '5m',
      condition: { gte: 1, ...field },
    },
  };
  const rules = [detection('one'), detection('two'), ...(type === 'none' ? [] : [correlation])];
  return rules.map((each) => JSON.stringify(each)).join('\n---\n');
}

const unchanged: Mutation = { text: event, as: 'json', tree: [], edits: [] };

/** Recorded events, hostile ones and very many, to the reference evaluator. */
export const events: Part<Recorded> = {
  holds: 'The events are evaluated, or refused at their line.',
  first: types.map((type) => ({ events: unchanged, type, times: 200_000, groups: 10 })),
  cases: () =>
    fc.record({
      events: mutations([event]),
      type: fc.constantFrom(...types),
      times: fc.oneof({ weight: 3, arbitrary: fc.nat(50) }, fc.constantFrom(20_000, 200_000)),
      groups: fc.integer({ min: 1, max: 20 }),
    }),
  judge: async ({ events, type, times, groups }, watch) => {
    const hostile = mutated({ ...events, as: 'json' });
    const lines = Array.from({ length: times }, (_, at) => {
      const time = new Date(1_767_225_600_000 + at * 1000).toISOString();
      return `{"@timestamp":"${time}","EventID":4625,"TargetUserName":"u${at % groups}"}`;
    });
    const text = [hostile, ...lines].join('\n');
    const rule = written('rule.yml', ruleOf(type));
    const file = written('events.ndjson', text);
    await watch('evaluate', text.length, () =>
      isosigma(['evaluate', rule, '--events', file, '--format', 'json']),
    );
  },
};
