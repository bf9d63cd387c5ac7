import { fieldsOf, isFielded, type Atom } from '../ir/index.js';
import type { Header, LogSource } from '../syntax/index.js';
import { writePattern } from './sigma-text.js';
import type {
  Expression,
  FieldCondition,
  Guard,
  ItemCondition,
  RuleCondition,
  StateCondition,
} from './model/index.js';
import { exactText } from './values/words.js';

/** What conditions can ask of a rule while the transformations go on. */
export interface Facts {
  readonly header: Header;
  readonly logSource: LogSource;
  readonly atoms: readonly Atom[];
  readonly state: ReadonlyMap<string, string>;
  /** Ids of the transformations that have been applied. */
  readonly applied: ReadonlySet<string>;
}

/** Whether a guard lets something through; without conditions it does. */
export function passes<Condition>(
  guard: Guard<Condition>,
  holds: (condition: Condition) => boolean,
): boolean {
  const { conditions, combine, negated, expression } = guard;
  if (conditions.length === 0) return true;
  const test = ({ condition }: { readonly condition: Condition }): boolean => holds(condition);
  if (expression) {
    return linked(expression, (id) => conditions.filter((each) => each.id === id).some(test));
  }
  const result = combine === 'and' ? conditions.every(test) : conditions.some(test);
  return result !== negated;
}

function linked(expression: Expression, holds: (id: string) => boolean): boolean {
  switch (expression.kind) {
    case 'id':
      return holds(expression.id);
    case 'not':
      return !linked(expression.operand, holds);
    case 'and':
      return expression.operands.every((each) => linked(each, holds));
    case 'or':
      return expression.operands.some((each) => linked(each, holds));
  }
}

export function ruleHolds(condition: RuleCondition, facts: Facts): boolean {
  switch (condition.kind) {
    case 'logsource':
      return (['product', 'category', 'service'] as const).every(
        (part) => condition[part] === undefined || condition[part] === facts.logSource[part],
      );
    case 'contains_detection_item':
      return facts.atoms.some(
        (atom) =>
          (isFielded(atom) ? atom.field.name : undefined) === condition.field &&
          textOf(atom) === condition.value,
      );
    case 'contains_field':
      return facts.atoms.some((atom) =>
        fieldsOf(atom).some(({ name }) => name === condition.field),
      );
    case 'is_sigma_rule':
      return true;
    case 'is_sigma_correlation_rule':
      return false;
    case 'rule_attribute': {
      const own = attributeOf(facts.header, condition.attribute);
      return own !== undefined && (own === condition.value) === (condition.op === 'eq');
    }
    case 'tag':
      return facts.header.tags.some(({ value }) => value.toLowerCase() === condition.tag);
    default:
      return stateHolds(condition, facts);
  }
}

/** An atom is one value of a detection item, so that `any` and `all` of its values are the same. */
export function itemHolds(condition: ItemCondition, atom: Atom, facts: Facts): boolean {
  switch (condition.kind) {
    case 'match_string': {
      const text = textOf(atom);
      return text !== undefined && condition.pattern.found(text) !== condition.negate;
    }
    case 'contains_wildcard':
      return 'pattern' in atom && atom.pattern.some((part) => typeof part !== 'string');
    case 'is_null':
      return atom.kind === 'null' || atom.kind === 'blank';
    default:
      return stateHolds(condition, facts);
  }
}

export function fieldHolds(condition: FieldCondition, name: string, facts: Facts): boolean {
  switch (condition.kind) {
    case 'include_fields':
      return condition.fields.some((field) => field.found(name));
    case 'exclude_fields':
      return !condition.fields.some((field) => field.found(name));
    default:
      return stateHolds(condition, facts);
  }
}

function stateHolds(condition: StateCondition, { state, applied }: Facts): boolean {
  return condition.kind === 'processing_state'
    ? state.get(condition.key) === condition.value
    : applied.has(condition.id);
}

function textOf(atom: Atom): string | undefined {
  if (atom.kind === 'string' || atom.kind === 'keyword') return writePattern(atom.pattern);
  if (atom.kind === 'number' || atom.kind === 'boolean') return exactText(atom);
  return undefined;
}

function attributeOf(header: Header, name: string): string | undefined {
  const own = Object.hasOwn(header, name) ? header[name as keyof Header] : undefined;
  if (typeof own === 'object' && 'value' in own) return own.value as string;
  const custom = Object.hasOwn(header.custom, name) ? header.custom[name] : undefined;
  return typeof custom === 'string' || typeof custom === 'number' ? String(custom) : undefined;
}
