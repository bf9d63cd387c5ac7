import { validate } from '../bundled/pack-schema.js';
import {
  andThen,
  diagnostic,
  didYouMean,
  failure,
  outcome,
  type Diagnostic,
  type Outcome,
  type SourceFile,
  type Span,
} from '../diagnostics/index.js';
import { backendIds } from '../render/index.js';
import { checkSchema, nodeAt, readYaml } from '../syntax/index.js';
import { formatIds } from './format.js';

/** `pack.yml` (schema/pack.schema.json). */
export interface PackFile {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly license: string;
  readonly authors: readonly string[];
  readonly date?: string;
  readonly url?: string;
  readonly publisher?: Publisher;
  readonly rules: readonly string[];
  readonly filter?: RuleFilter;
  readonly targets: readonly PackTarget[];
  readonly schedule?: Schedule;
  readonly levels?: Readonly<Record<string, Schedule>>;
  readonly overrides?: Readonly<Record<string, Override>>;
  /** Whether a build runs the queries. */
  readonly verify?: boolean;
  /** Where the value at a path of keys and indices stands in the file. */
  readonly spanOf: (...path: readonly (string | number)[]) => Span;
}

/** Who publishes a solution of Microsoft Sentinel. */
export interface Publisher {
  readonly id: string;
  readonly offer: string;
  readonly support: {
    readonly name: string;
    readonly email?: string;
    readonly tier: 'Microsoft' | 'Partner' | 'Community';
    readonly link?: string;
  };
}

/** A rule must have one of the words of every kind that is given. */
export interface RuleFilter {
  readonly level?: readonly string[];
  readonly status?: readonly string[];
  readonly tags?: readonly string[];
}

export interface PackTarget {
  /** In order of preference. */
  readonly backends?: readonly string[];
  readonly pipelines?: readonly string[];
  readonly vars?: Readonly<Record<string, string>>;
  readonly allow?: readonly ('union' | 'subset' | 'superset' | 'unverified')[];
  readonly formats: readonly string[];
}

/** Durations as written: `15m`, `1h`, `7d`. */
export interface Schedule {
  readonly frequency?: string;
  readonly delay?: string;
  readonly suppress?: string;
  readonly enabled?: boolean;
  readonly level?: string;
}

/** What is another way for one rule. */
export interface Override extends Schedule {
  /** Languages that say it before the others of its target. */
  readonly backends?: readonly string[];
}

/**
 * A pack file.
 *
 * Errors: `pack/invalid`, `pack/unknown-format`, `pack/unknown-backend`, and those of reading YAML.
 */
export function parsePackFile(source: SourceFile): Outcome<PackFile> {
  return andThen(readYaml(source), ([root, ...others]) => {
    if (!root || others.length > 0) {
      const span = (others[0] ?? root)?.span ?? { source, start: 0, end: 0 };
      return failure(diagnostic('pack/invalid', span, { reason: 'it holds one document' }));
    }
    const checked = checkSchema(validate, root, (span, reason, extra) =>
      diagnostic('pack/invalid', span, { reason }, extra),
    );
    const spanOf: PackFile['spanOf'] = (...path) => nodeAt(root, path).span;
    return andThen(checked, (value) => {
      const pack = { ...(value as unknown as Omit<PackFile, 'spanOf'>), spanOf };
      return outcome(pack, [
        ...pack.targets.flatMap((target, at) => unknownWords(target, at, pack)),
        ...unlistedLanguages(pack),
      ]);
    });
  });
}

/** Formats and query languages that there are not. */
function unknownWords(
  { formats, backends = [] }: PackTarget,
  at: number,
  { spanOf }: PackFile,
): readonly Diagnostic[] {
  const unknown = (
    code: 'pack/unknown-format' | 'pack/unknown-backend',
    key: 'formats' | 'backends',
    given: readonly string[],
    known: readonly string[],
  ) =>
    given.flatMap((id, index) =>
      known.includes(id)
        ? []
        : [diagnostic(code, spanOf('targets', at, key, index), { id }, helpFor(id, known))],
    );
  return [
    ...unknown('pack/unknown-format', 'formats', formats, formatIds),
    ...unknown('pack/unknown-backend', 'backends', backends, backendIds),
  ];
}

/** Languages that are to say a rule first, and that no target has. */
function unlistedLanguages({ overrides = {}, targets, spanOf }: PackFile): readonly Diagnostic[] {
  const listed = targets.flatMap(({ backends = [] }) => backends);
  return Object.entries(overrides).flatMap(([rule, { backends = [] }]) =>
    backends.flatMap((id, at) =>
      listed.includes(id)
        ? []
        : [diagnostic('pack/unlisted-backend', spanOf('overrides', rule, 'backends', at), { id })],
    ),
  );
}

/** Words for what is said or made another way, or not at all; or what may have been meant. */
function helpFor(id: string, known: readonly string[]) {
  if (/^(?:kuery|lucene)$|threshold/i.test(id)) return { help: thresholds };
  return /new[-_]terms/i.test(id) ? { help: newTerms } : didYouMean(id, known);
}

const thresholds =
  'the formats elastic-ndjson and elastic-toml make threshold rules of what the language dsl says; kuery and lucene are never written (docs/packs.md)';

const newTerms =
  'new_terms rules are never made: they need a condition on the past, which Sigma does not have (docs/packs.md)';

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration of a pack file in milliseconds. */
export function milliseconds(duration: string): number {
  return Number(duration.slice(0, -1)) * units[duration.slice(-1) as keyof typeof units];
}

const standard = { frequency: '1h', delay: '10m', enabled: false } as const;

/** How a rule runs: the pack's word, its level's, its own, each over the one before. */
export function runsOf(pack: PackFile, level: string, id: string): Schedule & typeof standard {
  const own = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
    map && Object.hasOwn(map, key) ? map[key] : undefined;
  return {
    ...standard,
    ...pack.schedule,
    ...own(pack.levels, level),
    ...own(pack.overrides, id),
  } as Schedule & typeof standard;
}
