import { fault } from './part.js';

/**
 * Runs a step of a case and gives its result. It may take 2 s of processor time, and as much again for each
 * further megabyte of input. One that takes more is run once more: a busy machine, or code that is not
 * compiled yet, is no fault.
 */
export type Watch = <T>(name: string, bytes: number, run: () => Promise<T> | T) => Promise<T>;

const limit = (bytes: number): number => 2000 * Math.max(1, bytes / 2 ** 20);

export const watch: Watch = async (name, bytes, run) => {
  const first = await timed(run);
  if (first.ms <= limit(bytes)) return first.value;
  const { ms, value } = await timed(run);
  if (ms <= limit(bytes)) return value;
  const seconds = (ms / 1000).toFixed(1);
  throw fault('over 2 s', `${name} takes ${seconds} s for ${Math.ceil(bytes / 1024)} kB`);
};

async function timed<T>(run: () => Promise<T> | T) {
  const start = process.cpuUsage();
  const value = await run();
  const { user, system } = process.cpuUsage(start);
  return { value, ms: (user + system) / 1000 };
}
