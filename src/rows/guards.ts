import {
  atomsOf,
  fieldsOf,
  isAnyRun,
  isFielded,
  type Atom,
  type DetectionRule,
} from '../ir/index.js';
import type {
  Expression,
  FieldCondition,
  Guard,
  ItemCondition,
  RuleCondition,
  StateCondition,
} from '../pipeline/model/index.js';
import type { Header, LogSource } from '../syntax/index.js';

/** A field of every row, and its values; or those that it does not have. */
export interface Added {
  readonly field: string;
  readonly values: readonly (string | boolean)[];
  readonly negated: boolean;
}

/** How far the transformations have come. */
export interface Course {
  /** As it was before the first of them. */
  readonly rule: DetectionRule;
  /** The log source by which pipelines look for a target. */
  readonly logSource: LogSource;
  /** Fields → what they are called by now; several names are alternatives. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Names that transformations gave: they are the target's own. */
  readonly given: ReadonlySet<string>;
  /** What rows hold beside what the rule asks for, field by field. */
  readonly added: readonly Added[];
  readonly state: ReadonlyMap<string, string>;
  /** Ids of the transformations so far. */
  readonly applied: ReadonlySet<string>;
  /** Whether tests of the rule were changed or dropped. */
  readonly isChanged: boolean;
}

/** Whether a guard lets a transformation act; one without conditions does. */
export function lets<Condition>(
  { conditions, combine, negated, expression }: Guard<Condition>,
  holds: (condition: Condition) => boolean,
): boolean {
  if (conditions.length === 0) return true;
  if (expression) {
    const named = (id: string): boolean =>
      conditions.some((each) => each.id === id && holds(each.condition));
    return isTrue(expression, named);
  }
  const held = conditions.filter(({ condition }) => holds(condition)).length;
  return negated !== (combine === 'and' ? held === conditions.length : held > 0);
}

function isTrue(expression: Expression, named: (id: string) => boolean): boolean {
  if (expression.kind === 'id') return named(expression.id);
  if (expression.kind === 'not') return !isTrue(expression.operand, named);
  const { kind, operands } = expression;
  const wanted = kind === 'or';
  return operands.some((each) => isTrue(each, named) === wanted) === wanted;
}

/** Whether the answer is in what the rule tests. */
export function asksOfTests({ kind }: RuleCondition): boolean {
  return kind === 'contains_field' || kind === 'contains_detection_item';
}

export function isState(condition: ItemCondition): condition is StateCondition {
  return condition.kind === 'processing_state' || condition.kind === 'processing_item_applied';
}

export function stateHolds(condition: StateCondition, { state, applied }: Course): boolean {
  return condition.kind === 'processing_item_applied'
    ? applied.has(condition.id)
    : state.get(condition.key) === condition.value;
}

export function fieldHolds(condition: FieldCondition, name: string, course: Course): boolean {
  if (!('fields' in condition)) return stateHolds(condition, course);
  const isListed = condition.fields.some((field) => field.found(name));
  return isListed === (condition.kind === 'include_fields');
}

/** What a condition asks of the rule, whose fields go by the names that they have by now. */
export function ruleHolds(condition: RuleCondition, course: Course): boolean {
  const { rule, logSource, names } = course;
  const atoms = atomsOf(rule.predicate);
  const called = (atom: Atom): readonly (string | undefined)[] =>
    isFielded(atom) ? fieldsOf(atom).flatMap(({ name }) => names.get(name) ?? [name]) : [undefined];
  switch (condition.kind) {
    case 'is_sigma_rule':
      return true;
    case 'is_sigma_correlation_rule':
      return false;
    case 'logsource':
      return (['product', 'category', 'service'] as const).every(
        (part) => (condition[part] ?? logSource[part]) === logSource[part],
      );
    case 'tag':
      return rule.header.tags.some(({ value }) => value.toLowerCase() === condition.tag);
    case 'contains_field':
      return atoms.some((atom) => called(atom).includes(condition.field));
    case 'contains_detection_item':
      return atoms.some(
        (atom) => called(atom)[0] === condition.field && textOf(atom) === condition.value,
      );
    case 'rule_attribute': {
      const own = attributeOf(rule.header, condition.attribute);
      return own !== undefined && (own === condition.value) === (condition.op === 'eq');
    }
    default:
      return stateHolds(condition, course);
  }
}

/** The value that a test asks for, as a rule writes it. */
function textOf(atom: Atom): string | undefined {
  if (atom.kind === 'number' || atom.kind === 'boolean') return String(atom.value);
  if (!('pattern' in atom)) return undefined;
  const written = atom.pattern.map((part) => {
    if (typeof part !== 'string') return isAnyRun(part) ? '*' : '?';
    return Array.from(part, (sign) => ('*?'.includes(sign) ? `\\${sign}` : sign)).join('');
  });
  return written.join('');
}

/** What a rule says about itself under one of its keys, where that is one word. */
function attributeOf(header: Header, key: string): string | undefined {
  const own: unknown = Object.entries(header).find(([name]) => name === key)?.[1];
  const said = own ?? Object.entries(header.custom).find(([name]) => name === key)?.[1];
  const word: unknown = isText(said) ? said.value : said;
  return typeof word === 'string' || typeof word === 'number' ? String(word) : undefined;
}

function isText(said: unknown): said is { readonly value: unknown } {
  return typeof said === 'object' && said !== null && 'value' in said;
}
