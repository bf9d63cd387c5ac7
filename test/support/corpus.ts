import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { SourceFile } from '../../src/diagnostics/index.js';
import { normalise, readEvents, type Event } from '../../src/evaluate/index.js';
import type { DetectionRule } from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

/** A collection of rules and of events that were recorded for them, in folders as SigmaHQ has them. */
export interface Corpus {
  readonly name: 'own' | 'SigmaHQ';
  readonly folder: string;
}

const root = join(import.meta.dirname, '../..');

/** SigmaHQ's rules are not part of the project: a copy beside it, or where the variable says. */
const sigmahq = join(process.env['ISOSIGMA_CORPUS'] ?? join(root, '../shared/corpus'), 'sigmahq');

/** A small collection of ours, and SigmaHQ's, where there is one. */
export const corpora: readonly Corpus[] = [
  { name: 'own', folder: join(root, 'test/corpus') },
  ...(existsSync(sigmahq) ? [{ name: 'SigmaHQ', folder: sigmahq } as const] : []),
];

/** The rule files of all folders whose names begin so, in the order of their names. */
export function sourcesOf({ folder }: Corpus, begins = 'rules'): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.startsWith(begins) && file.endsWith('.yml'))
    .sort()
    .map((file) => join(folder, file))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

/** The detections that have a meaning without placeholders, or with these values for them. */
export function detectionsOf(
  corpus: Corpus,
  placeholders?: ReadonlyMap<string, readonly string[]>,
): readonly DetectionRule[] {
  return resolve(parse(sourcesOf(corpus))).flatMap((rule) => {
    if (rule.kind !== 'detection') return [];
    const lowered = lower(rule, placeholders);
    return lowered.ok && lowered.value.kind === 'detection' ? [lowered.value] : [];
  });
}

/** Events that were recorded for a rule. */
export interface Recording {
  readonly id: string;
  readonly title: string;
  readonly rule: SourceFile;
  readonly events: readonly Event[];
  /** How many of them match the rule, where that is told. */
  readonly count?: number;
}

interface Info {
  readonly rule_metadata: readonly { readonly id: string; readonly title: string }[];
  readonly regression_tests_info?: readonly {
    readonly path: string;
    readonly match_count?: number;
  }[];
}

/** The recordings whose rule and whose events are there. */
export function recordingsOf(corpus: Corpus): readonly Recording[] {
  const { folder } = corpus;
  const rules = new Map(
    sourcesOf(corpus).map((source) => [/^id: (\S+)/m.exec(source.text)?.[1] ?? '', source]),
  );
  const place = join(folder, 'regression_data');
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('info.yml'))
    .flatMap((file) => {
      const info = load(readFileSync(join(place, file), 'utf8')) as Info;
      return (info.regression_tests_info ?? []).flatMap(({ path, match_count: count }) => {
        const recorded = join(folder, path.replace(/\.evtx$/, '.json'));
        if (!existsSync(recorded)) return [];
        const events = eventsOf(recorded);
        return info.rule_metadata.flatMap(({ id, title }) => {
          const rule = rules.get(id);
          return rule ? [{ id, title, rule, events, ...(count !== undefined && { count }) }] : [];
        });
      });
    });
}

function eventsOf(name: string): readonly Event[] {
  const read = readEvents({ name, text: readFileSync(name, 'utf8') });
  if (!read.ok) throw new Error(read.diagnostics[0]!.message);
  return read.value.map((event) => normalise(event));
}
