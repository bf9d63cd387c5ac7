import { parentPort, workerData } from 'node:worker_threads';
import { parts } from './parts/index.js';
import { runPart } from './run-part.js';

/** What a worker is started with; `seconds` are those from its first case on. */
export interface Task {
  readonly name: string;
  readonly seed: number;
  readonly seconds: number;
}

const { name, seed, seconds } = workerData as Task;
await runPart(parts[name]!, seed, Date.now() + seconds * 1000, (news) =>
  parentPort!.postMessage(news),
);
