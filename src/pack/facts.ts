import type { CorrelationRule, Rule } from '../ir/index.js';
import { scheduleOf, type QueryPlan } from '../plan/index.js';
import type { Header, Json, ResolvedRule } from '../syntax/index.js';
import { attackFacts } from './attack-facts.js';
import { textOf } from './encoders.js';
import type { Attack } from './attack.js';
import type { ManifestVerdict } from './manifest.js';
import { milliseconds, runsOf, type PackFile } from './pack-file.js';
import { adsFacts } from './ads.js';
import { requiredFields } from './required-fields.js';

/** One rule for one target, as src/convert.ts gives it. */
export interface Converted {
  readonly rule: ResolvedRule;
  readonly destination: {
    readonly backend: { readonly manifest: { readonly id: string } };
    readonly pipelines: readonly { readonly id: string }[];
  };
  readonly queries: readonly string[];
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly severity: string;
  }[];
  readonly made?: { readonly mapped: Rule; readonly plan: QueryPlan };
  /** Absent where nothing was run. */
  readonly verdict?: ManifestVerdict;
}

/** A hash function of the host: lower-case hexadecimal SHA-256. */
export type Sha256 = (data: string | Uint8Array) => string;

export interface FactOptions {
  readonly pack: PackFile;
  readonly attack: Attack;
  readonly sha256: Sha256;
  /** How a source file is named in the pack: from the folder of pack.yml, with slashes. */
  readonly fileName: (path: string) => string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a rule is known by: its own id, or one that is made of its name or title (UUID version 8, RFC 9562). */
export function guidOf(header: Header, sha256: Sha256): string {
  const id = header.id?.value ?? '';
  return uuid.test(id)
    ? id.toLowerCase()
    : derived(`rule ${header.name?.value ?? header.title.value}`, sha256);
}

function derived(name: string, sha256: Sha256): string {
  const hex = sha256(`isosigma ${name}`);
  const variant = '89ab'[parseInt(hex[16]!, 16) % 4]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A rule's facts for the slots of formats: plain values, times in milliseconds. */
export function ruleFacts(
  kind: ResolvedRule['kind'],
  header: Header,
  { pack, attack, sha256, fileName }: FactOptions,
): Readonly<Record<string, Json>> {
  const guid = guidOf(header, sha256);
  const schedule = runsOf(pack, header.level?.value ?? 'medium', guid);
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['author', header.author?.value],
    ['license', header.license?.value],
    ['date', dateOf(header.date?.value)],
    ['modified', dateOf(header.modified?.value ?? header.date?.value)],
    ['status', header.status?.value],
  ];
  return {
    guid,
    id: header.id?.value ?? guid,
    title: header.title.value,
    description: header.description?.value.trim() || header.title.value,
    level: schedule.level ?? header.level?.value ?? 'medium',
    kind,
    file: fileName(header.span.source.name),
    slug: slug(header, guid),
    references: header.references
      .map(({ value }) => value)
      .filter((each) => /^https?:\/\//i.test(each)),
    falsepositives: header.falsepositives.map(({ value }) => value),
    tags: header.tags.map(({ value }) => value),
    enabled: schedule.enabled,
    frequency: milliseconds(schedule.frequency),
    delay: milliseconds(schedule.delay),
    ...(schedule.suppress !== undefined && { suppress: milliseconds(schedule.suppress) }),
    ...Object.fromEntries(
      optional.filter((each): each is readonly [string, string] => each[1] !== undefined),
    ),
    ...attackFacts(
      header.tags.map(({ value }) => value),
      attack,
    ),
    ads: adsFacts(header),
  };
}

/** The facts of each query of a conversion: one, but for a union. */
export function queryFacts(
  conversion: Converted,
  rule: Readonly<Record<string, Json>>,
  sha256: Sha256,
): readonly Readonly<Record<string, Json>>[] {
  const { queries, made, destination } = conversion;
  const targets = made ? targetsOf(made.mapped) : [];
  const keys = made ? (made.plan.columns?.keys ?? sharedKeys(made.mapped)) : [];
  const tables = [
    ...new Set(targets.flatMap(({ table = '' }) => table.split(',').filter(Boolean))),
  ];
  const columns = made?.plan.columns
    ? keys
    : [...new Set(targets.flatMap(({ columns = {} }) => Object.keys(columns)))];
  const { id } = destination.backend.manifest;
  const elastic = ['eql', 'esql', 'dsl'].includes(id);
  const reads = made && elastic ? requiredFields(made.mapped).map((each) => ({ ...each })) : [];
  const counts = id === 'dsl' && rule['kind'] === 'correlation';
  const timing = made ? timingOf(made, rule, counts) : {};
  const suppressible = rule['suppress'] !== undefined && keys.length > 0;
  return queries.map((query, at) => ({
    ...rule,
    ...(queries.length > 1 && {
      guid: derived(`query ${at} of ${textOf(rule['guid'])}`, sha256),
      title: `${textOf(rule['title'])} (${at + 1} of ${queries.length})`,
      slug: `${textOf(rule['slug'])}_${at + 1}`,
      part: true,
    }),
    query: query.trim(),
    backend: id,
    // Kibana takes a search as a filter of a rule whose own query finds everything.
    ...(id === 'dsl' && { search: JSON.parse(query) as Json }),
    text: id === 'dsl' ? '*:*' : query.trim(),
    type: counts ? 'threshold' : id,
    ...timing,
    suppressed: rule['suppress'] !== undefined,
    suppression: rule['suppress'] ?? 3_600_000,
    // A threshold is suppressed by its own fields, and any other rule by three at most.
    suppressible: suppressible && (counts || keys.length <= 3),
    grouped: !counts,
    indexed: (id === 'eql' || id === 'dsl') && tables.length > 0,
    // Elastic counts from the arrival of single events, and never of several.
    single: (id === 'eql' || id === 'dsl') && rule['kind'] === 'detection',
    columns,
    fields: made?.plan.columns ? fieldsOfKeys(made.mapped, keys) : columns,
    keys,
    targets: tables,
    reads,
  }));
}

/** What each run looks back, or why the rule is none for a schedule. */
function timingOf(
  { mapped, plan }: NonNullable<Converted['made']>,
  { frequency, delay }: Readonly<Record<string, Json>>,
  counts: boolean,
): Readonly<Record<string, Json>> {
  const { lookback, cut, about } = scheduleOf(mapped, frequency as number);
  if (lookback === undefined) return { unscheduled: about };
  // Platforms count from the moment of the run, wherever bins begin.
  if (cut === 'wrong') return { unscheduled: 'no schedule: its range would cut bins' };
  if (mapped.kind === 'correlation' && mapped.range && plan.assumptions.includes('request-range'))
    return rangeOfRuns(mapped.range, delay as number, counts);
  // Rounded up: platforms count in minutes.
  const period = Math.ceil(lookback / minute) * minute;
  return { period, earliest: period + (delay as number), until: 'now' };
}

/**
 * The range of each run, where the query leaves it to the request: that of the rule as it is so long
 * ago as events may be late. A threshold counts an event once: its runs follow one another without a
 * gap, and none looks back into the one before.
 */
function rangeOfRuns(
  range: NonNullable<CorrelationRule['range']>,
  delay: number,
  counts: boolean,
): Readonly<Record<string, Json>> {
  if (range.kind !== 'last')
    return {
      unscheduled: 'no schedule: a run looks back from now, and the range of the rule does not',
    };
  const { length } = range;
  if (length % minute !== 0)
    return {
      unscheduled:
        'no schedule: a run looks back whole minutes, and the range of the rule has others',
    };
  return {
    period: length,
    earliest: length + delay,
    until: delay === 0 ? 'now' : `now-${delay / minute}m`,
    ...(counts && { frequency: length }),
  };
}

const minute = 60_000;

function targetsOf(
  rule: Rule,
): readonly NonNullable<Extract<Rule, { kind: 'detection' }>['target']>[] {
  if (rule.kind === 'detection') return rule.target ? [rule.target] : [];
  return rule.bases.flatMap((base) => targetsOf(base.rule));
}

/** What the key columns hold: the target's own column where every rule has the same, else their own names. */
function fieldsOfKeys(rule: Rule, keys: readonly string[]): readonly string[] {
  const bases = rule.kind === 'correlation' ? rule.bases : [];
  return keys.map((key, at) => {
    const [field = key, ...others] = new Set(bases.map((base) => base.keys[at]!.name));
    return others.length === 0 ? field : key;
  });
}

/** The fields that the events of a sequence have in common: its keys, where every rule calls them alike. */
function sharedKeys(rule: Rule): readonly string[] {
  if (rule.kind === 'detection') return [];
  const [first = [], ...others] = rule.bases.map(({ keys }) => keys.map(({ name }) => name));
  return others.every((keys) => keys.join() === first.join()) ? first : [];
}

function dateOf(text: string | undefined): string | undefined {
  const date = text?.replaceAll('/', '-');
  return date && /^\d{4}-\d\d-\d\d$/.test(date) ? date : undefined;
}

/** A file name for a rule: letters, digits and _, never a reserved one, unique by the start of its id. */
function slug(header: Header, guid: string): string {
  const words = header.title.value
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  return `${words === '' ? 'rule' : words}_${guid.slice(0, 8)}`;
}
