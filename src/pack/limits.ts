import type { Json } from '../syntax/index.js';
import { oneLine } from './encode-conf.js';
import type { Format } from './format.js';

type Facts = Readonly<Record<string, Json>>;

/**
 * The facts of a query as often as the platform can run it: as often as asked or more where it has
 * a list to choose from, and looking back as much less; where it cannot, as often as it can.
 */
export function fitted(facts: Facts, { limits = {} }: Format): Facts {
  const { frequencies = [] } = limits;
  const asked = facts['frequency'] as number;
  const frequency = frequencies.findLast((each) => each <= asked) ?? frequencies[0] ?? asked;
  if (frequency === asked || facts['period'] === undefined) return facts;
  const changed = (name: string) => (facts[name] as number) + frequency - asked;
  return { ...facts, frequency, period: changed('period'), earliest: changed('earliest') };
}

/** Why the platform would refuse the query; undefined if it would not. */
export function overLimit(query: Facts, format: Format): string | undefined {
  return refusalOf(fitted(query, format), format);
}

function refusalOf(facts: Facts, { limits = {}, entities = [] }: Format): string | undefined {
  const query = facts['query'] as string;
  const frequency = facts['frequency'] as number;
  if (limits.query !== undefined && query.length > limits.query)
    return `the query has ${query.length} characters, and ${limits.query} are allowed`;
  if (limits['one-line'] && oneLine(query) === undefined)
    return 'a text of the query has a line break in it';
  if (limits['needs-event'] && facts['kind'] === 'correlation')
    return 'the rows of a correlation are no events of the table';
  const held = facts['fields'] as readonly string[];
  if (
    limits['needs-entity'] &&
    !entities.some((each) => each.columns.some((name) => held.includes(name)))
  )
    return 'no column of its rows names what an alert is about';
  if (!limits['needs-schedule']) return undefined;
  if (facts['unscheduled'] !== undefined) return facts['unscheduled'] as string;
  const period = facts['period'] as number;
  if (limits.frequency !== undefined && frequency < limits.frequency)
    return 'it would run more often than is allowed';
  if (limits.period !== undefined && period > limits.period)
    return `it looks back ${days(period)} days, and ${days(limits.period)} are allowed`;
  const { 'long-period': long = Infinity, 'long-frequency': rare = 0 } = limits;
  return period >= long && frequency < rare
    ? `it looks back ${days(period)} days, and so may run only once in ${rare / 3_600_000} hours`
    : undefined;
}

function days(time: number): number {
  return Math.ceil(time / 86_400_000);
}
