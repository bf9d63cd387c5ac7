import { diagnostic, success, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import { parseCondition, type Condition, type Text } from '../syntax/index.js';
import type { Aggregation } from './aggregation.js';
import { freshName, scalar, type NewCorrelation } from './write.js';

/** A rule that the new correlation refers to. */
export interface NewRule {
  readonly name: string;
  /** What tells its title from the others'. */
  readonly part: string;
  readonly condition: string;
  /** The selections that it needs. */
  readonly selections: readonly string[];
}

/** What a search and an aggregation become; the timespan is the old rule's. */
export interface NewRules {
  readonly rules: readonly NewRule[];
  readonly correlation: Omit<NewCorrelation, 'timespan'>;
}

/** What is known of the old rule. */
export interface OldParts {
  readonly title: string;
  readonly search: Text;
  readonly selections: readonly string[];
  /** Names that rules of the file have; new ones are added. */
  readonly names: Set<string>;
}

/** The new rules, or why there are none. */
export function rulesOf(old: OldParts, aggregation: Aggregation): Outcome<NewRules> {
  return aggregation.kind === 'near'
    ? nearRules(old, aggregation.condition)
    : success(countRules(old, aggregation));
}

function countRules(
  { title, search, selections, names }: OldParts,
  { type, field, groupBy, operator, threshold }: Extract<Aggregation, { kind: 'count' }>,
): NewRules {
  const name = freshName(`${title} event`, names);
  return {
    rules: [{ name, part: 'event', condition: search.value, selections }],
    correlation: {
      type,
      rules: [name],
      groupBy,
      condition: [
        ...(field === undefined ? [] : [['field', scalar(field)] as const]),
        [operator, threshold],
      ],
    },
  };
}

/** The search and each selection behind `near` as a rule; all of them have to occur. */
function nearRules(old: OldParts, near: Condition): Outcome<NewRules> {
  const problems: Diagnostic[] = [];
  const searched = parseCondition(old.search, (problem) => problems.push(problem));
  if (!searched) return { ok: false, diagnostics: problems };
  const unknown = leavesOf(near).filter(
    (leaf) => leaf.kind === 'quantified' || !old.selections.includes(leaf.name),
  );
  if (unknown.length > 0) return { ok: false, diagnostics: unknown.map(refusal) };

  const part = searched.kind === 'selection' ? searched.name : 'search';
  const first: NewRule = {
    name: freshName(`${old.title} ${part}`, old.names),
    part,
    condition: old.search.value,
    selections: leavesOf(searched).flatMap((leaf) => selectionsOf(leaf, old.selections)),
  };
  const named = new Set(leavesOf(near).flatMap((leaf) => selectionsOf(leaf, old.selections)));
  const others = [...named].map((selection) => ({
    name: freshName(`${old.title} ${selection}`, old.names),
    part: selection,
    condition: selection,
    selections: [selection],
  }));
  const nameOf = (selection: string) => others.find((rule) => rule.part === selection)!.name;
  const rules = [first, ...others];
  return success(
    {
      rules,
      correlation: {
        type: 'temporal',
        rules: rules.map(({ name }) => name),
        groupBy: [],
        condition: isConjunction(near) ? [] : `${first.name} and ${printed(near, nameOf)}`,
      },
    },
    [
      diagnostic(
        'migrate/near-without-group',
        near.span,
        {},
        {
          help: 'add `group-by` with the fields that the events share, such as a host',
        },
      ),
    ],
  );
}

type Leaf = Extract<Condition, { kind: 'selection' | 'quantified' }>;

function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.operands.flatMap(leavesOf);
    case 'not':
      return leavesOf(condition.operand);
    default:
      return [condition];
  }
}

/** The selections that a part of a condition may mean: for a pattern, all that begin like it. */
function selectionsOf(leaf: Leaf, selections: readonly string[]): readonly string[] {
  if (leaf.kind === 'selection') return [leaf.name];
  const stem = (leaf.pattern ?? '*').replace(/\*.*$/s, '');
  return selections.filter((name) => name.startsWith(stem));
}

function refusal(leaf: Leaf): Diagnostic {
  const name =
    leaf.kind === 'selection'
      ? leaf.name
      : leaf.span.source.text.slice(leaf.span.start, leaf.span.end);
  return diagnostic('migrate/near-selection', leaf.span, { name });
}

function isConjunction(condition: Condition): boolean {
  return condition.kind === 'and'
    ? condition.operands.every(isConjunction)
    : condition.kind === 'selection';
}

/** The condition over rules in place of selections; only `or` needs parentheses, behind an `and`. */
function printed(condition: Condition, nameOf: (selection: string) => string): string {
  switch (condition.kind) {
    case 'and':
      return condition.operands.map((operand) => printed(operand, nameOf)).join(' and ');
    case 'or':
      return `(${condition.operands.map((operand) => printed(operand, nameOf)).join(' or ')})`;
    case 'not': {
      const operand = printed(condition.operand, nameOf);
      return condition.operand.kind === 'and' ? `not (${operand})` : `not ${operand}`;
    }
    case 'selection':
      return nameOf(condition.name);
    case 'quantified':
      throw new Error('a quantifier behind near has been refused');
  }
}
