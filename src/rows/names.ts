import type { DetectionRule } from '../ir/index.js';
import type {
  Action,
  FieldCondition,
  Guard,
  ItemCondition,
  Transformation,
} from '../pipeline/model/index.js';
import {
  asksOfTests,
  fieldHolds,
  isState,
  lets,
  ruleHolds,
  stateHolds,
  type Course,
} from './guards.js';

/** What transformations make of the names in a rule. */
export type Renamed = Pick<Course, 'logSource' | 'names' | 'given' | 'added'>;

/**
 * The names after all transformations (docs/pipelines.md, "Transformations"). `undefined` where they
 * depend on the values that a test asks for: a field would have two names then, and an event has one.
 *
 * @param fields of the rule, and others that are renamed with it
 */
export function renamed(
  rule: DetectionRule,
  fields: readonly string[],
  transformations: readonly Transformation[],
): Renamed | undefined {
  const start: Course = {
    rule,
    logSource: rule.logSource,
    names: new Map(fields.map((name) => [name, [name]])),
    given: new Set(),
    added: [],
    state: new Map(),
    applied: new Set(),
    isChanged: false,
  };
  return follow(start, transformations);
}

function follow(start: Course, transformations: readonly Transformation[]): Course | undefined {
  let course: Course | undefined = start;
  for (const { id, rule, ...each } of transformations) {
    const now: Course = course;
    if (now.isChanged && rule.conditions.some(({ condition }) => asksOfTests(condition))) {
      return undefined;
    }
    if (!lets(rule, (condition) => ruleHolds(condition, now))) continue;
    const applied = id === undefined ? now.applied : new Set([...now.applied, id]);
    course = act({ ...now, applied }, each);
    if (!course) return undefined;
  }
  return course;
}

function act(
  course: Course,
  { action, item, field }: Pick<Transformation, 'action' | 'item' | 'field'>,
): Course | undefined {
  switch (action.kind) {
    case 'rename':
    case 'rename-prefix':
    case 'affix':
      return rename(course, action, item, field);
    case 'log-source': {
      const { product, category, service } = action;
      const { custom, span } = course.logSource;
      const logSource = {
        ...(product !== undefined && { product }),
        ...(category !== undefined && { category }),
        ...(service !== undefined && { service }),
      };
      return { ...course, logSource: { ...logSource, custom, span } };
    }
    case 'state':
      return { ...course, state: new Map([...course.state, [action.key, action.value]]) };
    case 'add-condition':
      return add(course, action);
    case 'nest':
      return follow(course, action.items);
    case 'drop':
    case 'replace':
    case 'map-values':
    case 'set-value':
      return { ...course, isChanged: true };
    default:
      return course;
  }
}

/** What a condition says of all rows; `undefined` where no single row shows it. */
function add(
  course: Course,
  { conditions, negated, template }: Action & { kind: 'add-condition' },
): Course | undefined {
  const values = conditions.flatMap((each) => each.values);
  const isOpen = values.some((value) => value === null || (template && /\$/.test(String(value))));
  if (isOpen || (negated && conditions.length > 1)) return undefined;
  const added = conditions.map((each) => ({
    field: each.field,
    values: each.values.map((value) => (typeof value === 'boolean' ? value : String(value))),
    negated,
  }));
  return { ...course, added: [...course.added, ...added] };
}

function rename(
  course: Course,
  action: Action,
  item: Guard<ItemCondition>,
  field: Guard<FieldCondition>,
): Course | undefined {
  const namesOf = (name: string): readonly string[] | undefined =>
    lets(field, (condition) => fieldHolds(condition, name, course))
      ? namesBy(action, name)
      : undefined;
  const current = [...[...course.names.values()].flat(), ...course.added.map(({ field }) => field)];
  const renamings = current.flatMap((name) => namesOf(name) ?? []);
  if (renamings.length === 0) return course;
  const after: Course = {
    ...course,
    names: new Map(
      [...course.names].map(([name, now]) => [name, now.flatMap((each) => namesOf(each) ?? each)]),
    ),
    added: course.added.map((each) => ({ ...each, field: namesOf(each.field)?.[0] ?? each.field })),
    given: new Set([...course.given, ...renamings]),
  };
  if (item.conditions.length === 0) return after;
  const states = item.conditions.map(({ condition }) => condition).filter(isState);
  if (states.length < item.conditions.length) return undefined;
  return lets(item, (condition) => isState(condition) && stateHolds(condition, course))
    ? after
    : course;
}

/** The names that a renaming has for one; nothing where it has none. */
function namesBy(action: Action, name: string): readonly string[] | undefined {
  if (action.kind === 'affix') return [`${action.prefix}${name}${action.suffix}`];
  if (action.kind === 'rename') return action.mapping.get(name);
  if (action.kind !== 'rename-prefix') return undefined;
  for (const [prefix, others] of action.mapping) {
    if (name.startsWith(prefix)) return others.map((each) => each + name.slice(prefix.length));
  }
  return undefined;
}
