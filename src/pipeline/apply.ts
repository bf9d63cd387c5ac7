import { all, andThen, diagnostic, failure, outcome, success } from '../diagnostics/index.js';
import type { Diagnostic, Outcome } from '../diagnostics/index.js';
import {
  atomsOf,
  fieldsOf,
  isFielded,
  type Atom,
  type DetectionRule,
  type FieldedAtom,
  type Predicate,
  type Target,
} from '../ir/index.js';
import { fieldHolds, itemHolds, passes, ruleHolds, type Facts } from './conditions.js';
import { allOf, anyOf, negate } from './connect.js';
import { dropItems } from './drop.js';
import { mapAtoms } from './map-atoms.js';
import { renameAtom, renames } from './rename.js';
import { mapText, replaceText, setValue } from './replace-values.js';
import type { AddedCondition, Pipeline, Transformation } from './model/index.js';

/** A rule on its way through the transformations of its pipelines. */
export interface Transformed {
  readonly rule: DetectionRule;
  /** What the transformations add to the scope. */
  readonly scope: readonly Predicate[];
  /** Where `set_state` says that the log is: `table`, `query_table` or `index`. */
  readonly table?: string;
  /** What the asked names have become; several are alternatives. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Names that a transformation has given: they are the target's own. */
  readonly final: ReadonlySet<string>;
  /** The asked names whose fields a transformation drops. */
  readonly dropped: ReadonlySet<string>;
  readonly mapping: Target['mapping'];
  readonly state: ReadonlyMap<string, string>;
  readonly applied: ReadonlySet<string>;
}

/**
 * The transformations of all pipelines in order, on a rule in its own terms. Conditions added to
 * the rule go to the scope. What changes the meaning is told, and marks the result.
 *
 * @param names fields outside the rule, such as keys of a correlation, that are renamed with it
 */
export function applyTransformations(
  rule: DetectionRule,
  pipelines: readonly Pipeline[],
  names: readonly string[],
): Outcome<Transformed> {
  const start: Transformed = {
    rule,
    names: new Map(names.map((name) => [name, [name]])),
    scope: [],
    final: new Set(),
    dropped: new Set(),
    mapping: 'exact',
    state: new Map(),
    applied: new Set(),
  };
  return applyAll(
    start,
    pipelines.flatMap(({ transformations }) => transformations),
  );
}

function applyAll(
  start: Transformed,
  transformations: readonly Transformation[],
): Outcome<Transformed> {
  return transformations.reduce<Outcome<Transformed>>(
    (done, each) => andThen(done, (now) => applyOne(now, each)),
    success(start),
  );
}

function applyOne(now: Transformed, transformation: Transformation): Outcome<Transformed> {
  const facts = factsOf(now);
  if (!passes(transformation.rule, (condition) => ruleHolds(condition, facts))) return success(now);
  const { id } = transformation;
  const applied = id === undefined ? now.applied : new Set([...now.applied, id]);
  return act({ ...now, applied }, transformation, facts);
}

function factsOf({ rule, state, applied }: Transformed): Facts {
  const { header, logSource, predicate } = rule;
  return { header, logSource, atoms: atomsOf(predicate), state, applied };
}

function act(now: Transformed, transformation: Transformation, facts: Facts): Outcome<Transformed> {
  const { action } = transformation;
  const chosen = (atom: Atom): boolean => isChosen(atom, transformation, facts);
  const { predicate } = now.rule;
  switch (action.kind) {
    case 'rename':
    case 'rename-prefix':
    case 'affix':
      return rename(now, transformation, facts);
    case 'drop':
      return drop(withDropped(now, transformation, facts), chosen);
    case 'add-condition': {
      const { origin } = predicate;
      const added = action.conditions.map((each) =>
        addedTest(each, action.template, facts, origin),
      );
      const test = allOf(added, origin);
      return success({
        ...now,
        scope: [...now.scope, action.negated ? negate(test, origin) : test],
      });
    }
    case 'log-source': {
      const { product, category, service } = action;
      const { custom, span } = now.rule.logSource;
      const logSource = {
        ...(product !== undefined && { product }),
        ...(category !== undefined && { category }),
        ...(service !== undefined && { service }),
        custom,
        span,
      };
      return success({ ...now, rule: { ...now.rule, logSource } });
    }
    case 'state': {
      const { key, value } = action;
      const state = new Map([...now.state, [key, value]]);
      const table = ['table', 'query_table', 'index'].includes(key) ? { table: value } : {};
      return success({ ...now, state, ...table });
    }
    case 'replace':
      return rewrite(now, chosen, 'replaces text in values', (atom) =>
        atom.kind === 'string'
          ? replaceText(atom, action.pattern, action.replacement)
          : success(atom),
      );
    case 'map-values':
      return rewrite(now, chosen, 'maps values', (atom) =>
        success(atom.kind === 'string' ? mapText(atom, action.mapping) : atom),
      );
    case 'set-value':
      return rewrite(now, chosen, 'sets values', (atom) => success(setValue(atom, action.value)));
    case 'fail':
      return fail(now, action, atomsOf(predicate).filter(chosen));
    case 'strict':
      return strict(now, chosen);
    case 'nest':
      return applyAll(now, action.items);
    case 'placeholders':
    case 'nothing':
      return success(now);
  }
}

function drop(now: Transformed, chosen: (atom: Atom) => boolean): Outcome<Transformed> {
  const { predicate } = now.rule;
  if (!atomsOf(predicate).some(chosen)) return success(now);
  return andThen(dropItems(predicate, chosen), (rest) =>
    changeMeaning(now, rest, 'superset', 'drops lines'),
  );
}

/** A field that is dropped from rules is one that the target does not have. */
function withDropped(now: Transformed, { item, field }: Transformation, facts: Facts): Transformed {
  if (field.conditions.length === 0 || item.conditions.length > 0) return now;
  const isDropped = (name: string): boolean =>
    passes(field, (each) => fieldHolds(each, name, facts));
  const gone = [...now.names].flatMap(([name, current]) => (current.some(isDropped) ? name : []));
  return { ...now, dropped: new Set([...now.dropped, ...gone]) };
}

/** Whether the item and field conditions let the transformation at an atom. */
function isChosen(atom: Atom, { item, field }: Transformation, facts: Facts): boolean {
  const names = isFielded(atom) ? fieldsOf(atom).map(({ name }) => name) : [];
  return (
    passes(item, (condition) => itemHolds(condition, atom, facts)) &&
    (field.conditions.length === 0 ||
      names.some((name) => passes(field, (condition) => fieldHolds(condition, name, facts))))
  );
}

function rename(
  now: Transformed,
  transformation: Transformation,
  facts: Facts,
): Outcome<Transformed> {
  const final = new Set(now.final);
  const namesOf = (name: string): readonly string[] | undefined => {
    const passesField = passes(transformation.field, (each) => fieldHolds(each, name, facts));
    const names = passesField ? renames(transformation.action, name) : undefined;
    names?.forEach((each) => final.add(each));
    return names;
  };
  const replace = (atom: Atom): Outcome<Predicate> => {
    const isItem = passes(transformation.item, (each) => itemHolds(each, atom, facts));
    return success(isItem && isFielded(atom) ? renameAtom(atom, namesOf) : atom);
  };
  const names = new Map(
    [...now.names].map(([name, current]) => [
      name,
      current.flatMap((each) => namesOf(each) ?? [each]),
    ]),
  );
  return andThen(mapAtoms(now.rule.predicate, replace), (predicate) =>
    andThen(all(now.scope.map((each) => mapAtoms(each, replace))), (scope) =>
      success({ ...now, rule: { ...now.rule, predicate }, scope, names, final }),
    ),
  );
}

function rewrite(
  now: Transformed,
  chosen: (atom: Atom) => boolean,
  how: string,
  replace: (atom: FieldedAtom) => Outcome<Predicate>,
): Outcome<Transformed> {
  let isChanged = false;
  const mapped = mapAtoms(now.rule.predicate, (atom) => {
    if (!isFielded(atom) || !chosen(atom)) return success(atom);
    const written = replace(atom);
    isChanged ||= written.ok && JSON.stringify(written.value) !== JSON.stringify(atom);
    return written;
  });
  return andThen(mapped, (predicate) =>
    isChanged ? changeMeaning(now, predicate, 'changed', how) : success(now),
  );
}

/** The rule with another meaning, and the warning that says so. */
export function changeMeaning(
  now: Transformed,
  predicate: Predicate,
  direction: Exclude<Target['mapping'], 'exact'>,
  how: string,
): Outcome<Transformed> {
  const mapping = now.mapping === 'exact' || now.mapping === direction ? direction : 'changed';
  const warning = diagnostic('pipeline/meaning-changed', now.rule.header.title.span, { how });
  return outcome({ ...now, rule: { ...now.rule, predicate }, mapping }, [warning]);
}

function addedTest(
  { field, values }: AddedCondition,
  template: boolean,
  { logSource }: Facts,
  origin: Predicate['origin'],
): Predicate {
  const atom: FieldedAtom = { kind: 'null', field: { name: field, type: 'any' }, origin };
  const filled = (text: string): string =>
    text.replace(
      /\$(category|product|service)\b/g,
      (_, part: 'category' | 'product' | 'service') => logSource[part] ?? '',
    );
  const tests = values.map((value) =>
    setValue(atom, template && typeof value === 'string' ? filled(value) : value),
  );
  return anyOf(tests, origin);
}

function fail(
  now: Transformed,
  { when, message }: { readonly when: 'rule' | 'item'; readonly message: string },
  chosen: readonly Atom[],
): Outcome<Transformed> {
  if (when === 'rule') {
    const { span } = now.rule.header.title;
    return failure(diagnostic('pipeline/rule-failure', span, { message }));
  }
  const problems = chosen.map(({ origin }) =>
    diagnostic('pipeline/rule-failure', origin, { message }),
  );
  return outcome(now, problems);
}

function strict(now: Transformed, chosen: (atom: Atom) => boolean): Outcome<Transformed> {
  const problems = atomsOf(now.rule.predicate)
    .filter(chosen)
    .flatMap((atom): readonly Diagnostic[] =>
      fieldsOf(atom)
        .filter(({ name }) => !now.final.has(name))
        .map(({ name }) => diagnostic('pipeline/strict-mapping', atom.origin, { field: name })),
    );
  return outcome(now, problems);
}
