import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { matcher, normalise, readEvents, type Event } from '../../src/evaluate/index.js';
import { lower } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

// SigmaHQ's rules and the events that were recorded for them. The corpus is not part of the
// project: without it there is nothing to test here.
const corpus = join(
  process.env['ISOSIGMA_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus'),
  'sigmahq',
);

/** Recordings whose count is not that of their events: every event there plainly matches. */
const miscounted = [
  'IE Change Domain Zone (45e112d0-7759-4c2a-aa36-9f8fb79d3393): 3 of 3 events match, not 1',
  'Disable Administrative Share Creation at Startup (c7dcacd0-cc59-4004-b0a4-1d6cdebe6f3e): 2 of 2 events match, not 1',
];

interface Recording {
  readonly rule_metadata: readonly { readonly id: string; readonly title: string }[];
  readonly regression_tests_info?: readonly {
    readonly path: string;
    readonly match_count?: number;
  }[];
}

function filesUnder(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}

/** The first id of every rule file. */
function rulesById(): ReadonlyMap<string, string> {
  const folders = readdirSync(corpus).filter((folder) => folder.startsWith('rules'));
  const files = folders.flatMap((folder) => filesUnder(join(corpus, folder), /\.yml$/));
  return new Map(
    files.map((file) => [/^id: (\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '', file]),
  );
}

function eventsOf(file: string): readonly Event[] {
  const read = readEvents({ name: file, text: readFileSync(file, 'utf8') });
  if (!read.ok) throw new Error(read.diagnostics[0]!.message);
  return read.value.map((event) => normalise(event));
}

/** Why the rule does not match what was recorded for it; undefined if it does. */
function problemWith(file: string, events: readonly Event[], count: number | undefined) {
  const [rule] = resolve(parse([{ name: file, text: readFileSync(file, 'utf8') }]));
  if (!rule || rule.kind === 'broken') return rule?.diagnostics[0]?.message ?? 'no rule';
  const lowered = lower(rule);
  if (!lowered.ok) return lowered.diagnostics[0]!.message;
  if (lowered.value.kind !== 'detection') return 'no detection';
  const matches = events.filter(matcher(lowered.value.predicate)).length;
  const wanted = count === undefined ? matches > 0 : matches === count;
  return wanted ? undefined : `${matches} of ${events.length} events match, not ${count ?? 'any'}`;
}

test.skipIf(!existsSync(corpus))(
  'every recorded event matches the rule that it was recorded for',
  () => {
    const rules = rulesById();
    const recordings = filesUnder(join(corpus, 'regression_data'), /info\.yml$/);
    let compared = 0;
    const problems = recordings.flatMap((info) => {
      const { rule_metadata, regression_tests_info } = load(
        readFileSync(info, 'utf8'),
      ) as Recording;
      return (regression_tests_info ?? []).flatMap(({ path, match_count }) => {
        const recorded = join(corpus, path.replace(/\.evtx$/, '.json'));
        return rule_metadata.flatMap(({ id, title }) => {
          const file = rules.get(id);
          if (!file || !existsSync(recorded)) return [];
          compared++;
          const problem = problemWith(file, eventsOf(recorded), match_count);
          return problem === undefined ? [] : [`${title} (${id}): ${problem}`];
        });
      });
    });
    expect(problems.sort()).toEqual([...miscounted].sort());
    expect(compared).toBeGreaterThan(100);
  },
);
