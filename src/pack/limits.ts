import type { Json } from '../syntax/index.js';
import { oneLine } from './encode-conf.js';
import type { Format } from './format.js';

/** Why the platform would refuse the query; undefined if it would not. */
export function overLimit(
  facts: Readonly<Record<string, Json>>,
  { limits = {} }: Format,
): string | undefined {
  const query = facts['query'] as string;
  const frequency = facts['frequency'] as number;
  if (limits.query !== undefined && query.length > limits.query)
    return `the query has ${query.length} characters, and ${limits.query} are allowed`;
  if (limits['one-line'] && oneLine(query) === undefined)
    return 'a text of the query has a line break in it';
  if (limits['needs-event'] && facts['kind'] === 'correlation')
    return 'the rows of a correlation are no events of the table';
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
