import {
  diagnostic,
  failure,
  success,
  mostTold,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import type { Span } from '../diagnostics/index.js';
import {
  atomsOf,
  isFielded,
  simplify,
  type Atom,
  type DetectionRule,
  type Field,
  type FieldType,
  type FieldedAtom,
  type Predicate,
  type Target,
} from '../ir/index.js';
import { eventIdsOf } from './event-ids.js';
import { forField } from './for-field.js';
import { fieldOf, mapAtom } from './map-atom.js';
import { mapAtoms } from './map-atoms.js';
import { didYouMean } from './nearest.js';
import type { FieldMapping, TargetSpec } from './model/index.js';
import { scopeOf } from './scope.js';
import type { Columns } from './values/carried.js';
import { forEvents } from './values/by-event.js';
import { inBothSpellings, readsEntities } from './values/entities.js';
import { withoutMissing } from './values/missing-words.js';

/** A target with what all pipelines say of it. */
export interface Home {
  readonly spec: TargetSpec;
  readonly place?: Target['place'];
  /** The pipeline whose target it is, and all that took part. */
  readonly pipeline: string;
  readonly pipelines: readonly string[];
  /** Mappings that stand before the target's own. */
  readonly overrides: ReadonlyMap<string, FieldMapping>;
  /** Names that a transformation has already given: they are the target's. */
  readonly final: ReadonlySet<string>;
  readonly columns?: Readonly<Record<string, FieldType>>;
  readonly variable: (text: string) => string;
  /** `name=value` for each variable whose value in the pipeline keeps rules from the target. */
  readonly switches: readonly string[];
}

/** How a person calls the target. */
export function nameOf({ spec, variable }: Home): string {
  const place = spec.table ?? spec.scope[0]?.map(({ values }) => String(values[0])).join(' ');
  return variable(place ?? 'the target');
}

/** The rule on the target; every part that the target cannot carry is a diagnostic. */
export function mapToTarget(rule: DetectionRule, home: Home): Outcome<DetectionRule> {
  const used = new Set<FieldMapping>();
  const asking = askingOf(rule.predicate);
  const problem = otherEvents(rule, home, asking);
  if (problem) return failure(problem);
  const mapped = mapAtoms(asking.normal, (atom) => mapOne(atom, home, used, asking));
  if (!mapped.ok) return mapped;
  const target = targetOf(rule, home, used, asking.hasKeywords);
  return success({ ...rule, predicate: mapped.value, target });
}

/** What a rule asks for, whatever the home. */
interface Asking {
  /** Missing or empty is one test, which some targets can carry where they cannot carry its halves. */
  readonly normal: Predicate;
  readonly events: ReadonlySet<string> | undefined;
  readonly hasKeywords: boolean;
  /** Names near those that a home does not have, as far as they were asked for. */
  readonly helps: Map<Home, Map<string, Help>>;
}

const askings = new WeakMap<Predicate, Asking>();

/** Worked out once for all homes, and for all backends where no transformation changes the rule. */
export function askingOf(predicate: Predicate): Asking {
  const known = askings.get(predicate);
  if (known) return known;
  const asking: Asking = {
    normal: simplify(predicate),
    events: eventIdsOf(predicate),
    hasKeywords: atomsOf(predicate).some((atom) => !isFielded(atom)),
    helps: new Map(),
  };
  askings.set(predicate, asking);
  return asking;
}

/** A condition that a transformation added to the scope; names stay where the columns are not known. */
export function mapAdded(predicate: Predicate, home: Home): Outcome<Predicate> {
  const columns = columnsOf(home);
  return mapAtoms(predicate, (atom) => {
    if (!isFielded(atom)) return success(atom);
    const mapping = lookUp(atom.field.name, home);
    if (mapping) return mapAtom(atom, mapping, columns, () => nameOf(home));
    return home.columns
      ? failure(unmapped(atom.field.name, home, askingOf(predicate), atom.origin))
      : success({ ...atom, field: columns.column(atom.field.name) });
  });
}

function mapOne(
  atom: Atom,
  home: Home,
  used: Set<FieldMapping>,
  asking: Asking,
): Outcome<Predicate> {
  if (!isFielded(atom)) {
    const fields = keywordFields(home);
    if (fields) {
      const [first] = home.spec.keywords === 'raw' ? [] : (home.spec.keywords ?? []);
      if (!first?.entities) return success({ ...atom, fields });
      used.add(withEntities(first, atom));
      return inBothSpellings({ ...atom, fields });
    }
    const parameters = { target: nameOf(home) };
    return failure(diagnostic('pipeline/unmapped-keywords', atom.origin, parameters));
  }
  if (atom.kind === 'field') return mapPair(atom, home, used, asking);
  const found = lookUp(atom.field.name, home);
  if (!found) return failure(unmapped(atom.field.name, home, asking, atom.origin));
  const mapping = forEvents(found, asking.events);
  used.add(mapping.entities ? withEntities(mapping, atom) : mapping);
  return mapAtom(atom, mapping, columnsOf(home), () => nameOf(home));
}

/** The mapping, with what a test of it rests on that reads the signs of XML. */
function withEntities(mapping: FieldMapping, atom: Atom): FieldMapping {
  if (!readsEntities(atom)) return mapping;
  return { ...mapping, assumptions: [...mapping.assumptions, 'xml-entities'] };
}

/** Two fields of one event: both must be there as they are. */
function mapPair(
  atom: FieldedAtom & { kind: 'field' },
  home: Home,
  used: Set<FieldMapping>,
  asking: Asking,
): Outcome<Predicate> {
  const columns = columnsOf(home);
  const fields: Field[] = [];
  const missing = new Map<Field, readonly string[]>();
  for (const { name } of [atom.field, atom.other]) {
    const mapping = lookUp(name, home);
    if (!mapping) return failure(unmapped(name, home, asking, atom.origin));
    if (mapping.alternatives || (mapping.writing && mapping.writing.kind !== 'domain-user')) {
      const reason = 'only fields that are kept as they are can be compared with each other';
      const parameters = { target: nameOf(home), field: name, reason };
      return failure(diagnostic('pipeline/value-not-carried', atom.origin, parameters));
    }
    if (mapping.writing && mapping.expression === undefined) {
      const reason = 'its two parts can only be compared one by one';
      const parameters = { target: nameOf(home), field: name, reason };
      return failure(diagnostic('pipeline/value-not-carried', atom.origin, parameters));
    }
    used.add(mapping);
    const field = fieldOf(name, mapping, columns);
    fields.push(field);
    missing.set(field, mapping.missing ?? []);
  }
  let pair: Predicate = { ...atom, field: fields[0]!, other: fields[1]! };
  for (const [field, words] of missing) pair = withoutMissing(pair, field, words);
  return success(pair);
}

/** The mapping of a field: a pipeline's, the target's, the rule for others, or a column's own name. */
export function lookUp(name: string, home: Home): FieldMapping | undefined {
  const { spec, overrides, final, columns } = home;
  const own: FieldMapping = { column: name, inferred: false, assumptions: [] };
  if (final.has(name) && (!columns || Object.hasOwn(columns, name))) return own;
  const listed = overrides.get(name) ?? spec.fields.get(name);
  if (listed) return listed;
  if (spec.others) return forField(spec.others, name);
  return columns && Object.hasOwn(columns, name) ? own : undefined;
}

/** Why the home has no mapping for a field: it is not there, or query text cannot hold its name. */
export function unmapped(
  name: string,
  home: Home,
  asking: Asking,
  origin: Span | undefined,
  code: 'pipeline/unmapped-field' | 'pipeline/key-unmapped' = 'pipeline/unmapped-field',
): Diagnostic {
  const parameters = { field: name, target: nameOf(home) };
  return home.spec.others
    ? diagnostic('pipeline/unsayable-name', origin, parameters)
    : diagnostic(code, origin, parameters, helpWith(name, home, asking));
}

type Help = ReturnType<typeof didYouMean>;

/**
 * Names near one that the home does not have; looked up once, however many values are asked for,
 * and for no more names of a rule than are told of it.
 */
function helpWith(name: string, home: Home, { helps }: Asking): Help {
  const known = helps.get(home) ?? new Map<string, Help>();
  helps.set(home, known);
  const found = known.get(name);
  if (found ?? known.size >= mostTold) return found ?? {};
  const { spec, columns = {} } = home;
  const help = didYouMean(name, new Set([...spec.fields.keys(), ...Object.keys(columns)]));
  known.set(name, help);
  return help;
}

const columnsOfHomes = new WeakMap<Home, Columns>();

/** The columns of the target as fields, with their types. */
export function columnsOf(home: Home): Columns {
  const known = columnsOfHomes.get(home);
  if (known) return known;
  const { spec, columns } = home;
  const own: Columns = {
    column: (name, type) => {
      const known = columns && Object.hasOwn(columns, name) ? columns[name] : undefined;
      const isLate = spec.late?.some((each) => `${name}.`.startsWith(`${each}.`));
      return { name, type: type ?? known ?? spec.columnType, ...(isLate && { late: true }) };
    },
  };
  columnsOfHomes.set(home, own);
  return own;
}

function keywordFields(home: Home): readonly Field[] | undefined {
  const { keywords } = home.spec;
  if (keywords === 'raw') return [];
  const columns = columnsOf(home);
  return keywords?.map((mapping) => fieldOf(mapping.column, mapping, columns));
}

function otherEvents(
  { logSource }: DetectionRule,
  home: Home,
  { normal, events }: Asking,
): Diagnostic | undefined {
  const { serves } = home.spec;
  if (!serves) return undefined;
  const asked = serves.field === 'EventID' ? events : eventIdsOf(normal, serves.field);
  if (asked && [...asked].every((value) => serves.values.has(value))) return undefined;
  const parameters = { target: nameOf(home), events: [...serves.values].join(', ') };
  return diagnostic('pipeline/other-events', logSource.span, parameters);
}

function targetOf(
  rule: DetectionRule,
  home: Home,
  used: ReadonlySet<FieldMapping>,
  hasKeywords: boolean,
): Target {
  const { spec, place, columns, variable, pipelines } = home;
  const origin = rule.logSource.span;
  const scope = scopeOf(home, columnsOf(home), origin);
  const assumptions = [
    ...(spec.inferred ? ['inferred-target'] : []),
    ...([...used].some(({ inferred }) => inferred) ? ['inferred-field'] : []),
    ...spec.assumptions,
    ...[...used].flatMap((mapping) => mapping.assumptions),
  ];
  const classes = [
    ...(hasKeywords && !isRaw(spec) ? ['keyword-columns'] : []),
    ...[...used].flatMap((mapping) => mapping.classes ?? []),
  ];
  return {
    pipelines,
    ...(place && { place }),
    ...(spec.table !== undefined && { table: variable(spec.table) }),
    scope,
    timeField: spec.timeField,
    ...(columns && { columns }),
    ...(spec.groups && { groups: spec.groups }),
    assumptions: [...new Set(assumptions)],
    classes: [...new Set(classes)],
    unscoped: false,
    mapping: 'exact',
  };
}

/** Whether keywords are looked for in the whole text of the event. */
function isRaw({ keywords }: TargetSpec): boolean {
  return keywords === 'raw' || keywords?.[0]?.column === '_raw';
}
