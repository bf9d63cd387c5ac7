import fc from 'fast-check';
import { kindOf, type FaultKind, type Part } from './part.js';
import { watch } from './watch.js';

export interface Found {
  readonly kind: FaultKind;
  readonly message: string;
  readonly case: unknown;
}

/** What a run tells while it goes on: a case before it is judged, so that one that never ends is known. */
export type News =
  | { readonly news: 'case' | 'smaller'; readonly case: unknown }
  /** A fault, in the smallest case that could be found in time. */
  | { readonly news: 'found'; readonly found: Found }
  /** A fault that was found before. */
  | { readonly news: 'again'; readonly kind: FaultKind };

/** Cases between two starts of chance: what fails ends them, and the next begin elsewhere. */
const batchSize = 50;

/** How long a case is made smaller, in ms. */
const shrinkTime = 20_000;

/** Tries cases of a part until the time, in epoch milliseconds. The seed decides which, and in which order. */
export async function runPart(
  part: Part,
  seed: number,
  until: number,
  tell: (news: News) => void,
): Promise<void> {
  const known = new Set<string>();
  const cases = part.cases();
  for (let batch = 0; Date.now() < until; batch++) {
    let wanted: string | undefined;
    let smallest: Found | undefined;
    let deadline = until;
    const property = fc.asyncProperty(cases, async (input) => {
      // What is left of the batch, or of the smaller cases, when the time is over.
      if (Date.now() >= deadline) return;
      tell({ news: wanted === undefined ? 'case' : 'smaller', case: input });
      const error = await part.judge(input, watch).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      if (!error) return;
      const kind = kindOf(error);
      const mark = markOf(error);
      if (known.has(mark)) {
        if (wanted === undefined) tell({ news: 'again', kind });
        return;
      }
      if (wanted === undefined) deadline = Date.now() + shrinkTime;
      wanted ??= mark;
      if (mark !== wanted) return;
      const message = kind === 'crashed' ? stackOf(error) : error.message;
      smallest = { kind, message, case: input };
      throw error;
    });
    const examples = batch === 0 ? (part.first ?? []).map((each): [unknown] => [each]) : [];
    await fc.check(property, {
      seed: seed + batch,
      numRuns: examples.length + batchSize,
      examples,
    });
    if (smallest) tell({ news: 'found', found: smallest });
    if (wanted !== undefined) known.add(wanted);
  }
}

/** What tells one fault from another: its kind, its first words, and where it was thrown. */
function markOf(error: Error): string {
  const [first = ''] = error.message.split(/["\d:\n]/);
  const place = kindOf(error) === 'crashed' ? /\n\s+at .*/.exec(String(error.stack))?.[0] : '';
  return `${kindOf(error)} ${first} ${place ?? ''}`;
}

/** The error and where it was thrown, without the folders of this machine. */
function stackOf({ stack = '' }: Error): string {
  return stack.replace(/\(?\w+:\/\/\S*\/([^/\s]+)/g, '$1');
}
