import { milliseconds } from '../syntax/index.js';

/** A length of time such as 24h, written as a timespan of Sigma, in milliseconds. */
export function durationOf(option: unknown): number | undefined {
  return milliseconds(String(option));
}

/** What to say of a length of time that is none. */
export function noDuration(option: string, text: string): string {
  return `--${option} takes a number and a unit, as in 5m, 24h or 7d, not ${text}.`;
}
