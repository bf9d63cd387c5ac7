import type { Key, Step } from './step.js';
import { keyText } from './step.js';

/** A found sequence or sample: its key and its documents in order. */
export interface Match {
  readonly key: Key;
  readonly rows: readonly number[];
}

/** Documents in the order of their time; those of one time in the order they came in. */
export interface Timeline {
  readonly rows: readonly number[];
  /** Epoch milliseconds of a document. */
  readonly time: (row: number) => number;
}

/** The newest events that wait for a next one, as a list from the last to the first. */
interface Partial {
  readonly row: number;
  readonly position: number;
  readonly started: number;
  readonly previous: Partial | undefined;
}

/** What one key has so far: by stage, and where its last `until` event was. */
interface State {
  readonly key: Key;
  readonly pending: (Partial | undefined)[];
  until: number;
}

/**
 * Finds sequences as Elasticsearch's matcher does: for each key and stage only the newest partial
 * sequence waits; an event is offered to the last stages first, so it fills one stage of a sequence
 * only; a sequence that is longer than `maxspan`, or has an `until` event from its last event on, is
 * dropped. Missing events are checked afterwards.
 */
export function findSequences(
  steps: readonly Step[],
  maxspan: number | undefined,
  until: Step | undefined,
  timeline: Timeline,
): readonly Match[] {
  const present = steps.filter(({ missing }) => !missing);
  // The stages that a step fills: `runs` is the step repeated.
  const stages = present.map(({ runs }, at) => ({
    from: present.slice(0, at).reduce((sum, step) => sum + step.runs, 0),
    runs,
  }));
  const length = stages.reduce((sum, { runs }) => sum + runs, 0);
  const states = new Map<string, State>();
  const found: Match[] = [];

  const stateOf = (key: Key): State => {
    const text = keyText(key);
    let state = states.get(text);
    if (!state) {
      state = { key, pending: [], until: -1 };
      states.set(text, state);
    }
    return state;
  };

  const offer = (state: State, stage: number, row: number, position: number): void => {
    const time = timeline.time(row);
    const previous = stage === 0 ? undefined : state.pending[stage - 1];
    if (stage > 0) {
      if (!previous) return;
      state.pending[stage - 1] = undefined;
      if (maxspan !== undefined && time - previous.started > maxspan) return;
      if (state.until >= previous.position) return;
    }
    const partial = { row, position, started: previous?.started ?? time, previous };
    if (stage === length - 1) found.push({ key: state.key, rows: rowsOf(partial) });
    else state.pending[stage] = partial;
  };

  for (const [position, row] of timeline.rows.entries()) {
    for (let at = present.length - 1; at >= 0; at--) {
      const step = present[at]!;
      if (!step.matches(row)) continue;
      const { from, runs } = stages[at]!;
      for (const state of step.keys(row).map(stateOf)) {
        for (let stage = from + runs - 1; stage >= from; stage--)
          offer(state, stage, row, position);
      }
    }
    if (until?.matches(row)) {
      for (const key of until.keys(row)) stateOf(key).until = position;
    }
  }
  return steps.length === present.length
    ? found
    : found.filter(withoutMissing(steps, maxspan!, timeline));
}

function rowsOf(last: Partial): readonly number[] {
  const rows: number[] = [];
  for (let at: Partial | undefined = last; at; at = at.previous) rows.push(at.row);
  return rows.reverse();
}

/**
 * Whether the missing events of a statement are missing around a sequence. Between two events, none
 * may lie strictly inside. Before the first or after the last, the nearest one may lie so far away
 * that it and the sequence do not fit into `maxspan`.
 */
function withoutMissing(
  steps: readonly Step[],
  maxspan: number,
  { rows, time }: Timeline,
): (match: Match) => boolean {
  const timesOf = steps.map((step) => {
    const times = new Map<string, number[]>();
    if (!step.missing) return times;
    for (const row of rows) {
      if (!step.matches(row)) continue;
      for (const text of step.keys(row).map(keyText)) {
        const known = times.get(text);
        if (known) known.push(time(row));
        else times.set(text, [time(row)]);
      }
    }
    return times;
  });
  const length = steps.reduce((sum, { missing, runs }) => sum + (missing ? 0 : runs), 0);

  return ({ key, rows: matched }) => {
    const text = keyText(key);
    const first = time(matched[0]!);
    const last = time(matched.at(-1)!);
    const leading: (number | undefined)[] = [];
    const trailing: (number | undefined)[] = [];
    let passed = 0;
    for (const [at, { missing, runs }] of steps.entries()) {
      if (!missing) {
        passed += runs;
        continue;
      }
      const times = timesOf[at]!.get(text) ?? [];
      if (passed === 0) {
        leading.push(times[firstAtLeast(times, first) - 1]);
      } else if (passed === length) {
        trailing.push(times[firstAtLeast(times, last + 1)]);
      } else {
        const next = times[firstAtLeast(times, time(matched[passed - 1]!) + 1)];
        if (next !== undefined && next < time(matched[passed]!)) return false;
      }
    }
    if (leading.length + trailing.length === 0) return true;
    if (leading.includes(undefined) || trailing.includes(undefined)) return true;
    const start =
      leading.length > 0
        ? (leading as number[]).reduce((one, other) => Math.max(one, other))
        : first;
    const end =
      trailing.length > 0
        ? (trailing as number[]).reduce((one, other) => Math.min(one, other))
        : last;
    return end - start > maxspan;
  };
}

/** The index of the first time that is not before the given one. */
function firstAtLeast(times: readonly number[], least: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
