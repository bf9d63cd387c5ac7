import { diagnostic } from '../../diagnostics/index.js';
import type { JsonNode, ObjectNode } from './json.js';
import { compileExists, compileLeaf, compileTerms } from './leaf.js';
import { compileRange } from './range.js';
import {
  always,
  expected,
  never,
  onlyEntry,
  optionsOf,
  unsupported,
  type Condition,
  type Scope,
} from './scope.js';

/** `indices.query.bool.max_nested_depth`, as it is if nobody sets it. */
const deepest = 30;

/** Compiles a clause of the Query DSL; what is wrong with it is reported. */
export function compileQuery(node: JsonNode, scope: Scope, depth = 1): Condition {
  const entry = onlyEntry(node, 'an object with one clause', scope);
  if (!entry) return never;
  const { key, keySpan, value } = entry;
  if (depth > deepest) {
    scope.report(diagnostic('dsl/too-deep', keySpan, { limit: deepest }));
    return never;
  }
  if (value.kind !== 'object') return expected('an object', value, scope);
  switch (key) {
    case 'match_all':
      optionsOf(value, key, ['boost', '_name'], scope);
      return always;
    case 'match_none':
      optionsOf(value, key, ['boost', '_name'], scope);
      return never;
    case 'bool':
      return compileBool(value, scope, depth);
    case 'constant_score': {
      const { filter } = optionsOf(value, key, ['filter', 'boost', '_name'], scope);
      return filter
        ? compileQuery(filter, scope, depth + 1)
        : expected('constant_score with a filter', value, scope);
    }
    case 'term':
    case 'prefix':
    case 'wildcard':
    case 'regexp':
      return compileLeaf(key, value, scope);
    case 'terms':
      return compileTerms(value, scope);
    case 'range':
      return compileRange(value, scope);
    case 'exists':
      return compileExists(value, scope);
    default:
      return unsupported(`the clause ${key}`, keySpan, scope);
  }
}

/** `must` and `filter` all hold, `must_not` none, and of `should` as many as have to. */
function compileBool(node: ObjectNode, scope: Scope, depth: number): Condition {
  const found = optionsOf(
    node,
    'bool',
    ['must', 'filter', 'should', 'must_not', 'minimum_should_match', 'boost', '_name'],
    scope,
  );
  const clauses = (value: JsonNode | undefined): readonly Condition[] => {
    const nodes = value?.kind === 'array' ? value.items : value ? [value] : [];
    return nodes.map((each) => compileQuery(each, scope, depth + 1));
  };
  const required = [...clauses(found.must), ...clauses(found.filter)];
  const should = clauses(found.should);
  const forbidden = clauses(found.must_not);
  const fewest = leastOf(found.minimum_should_match, required.length, should.length, scope);
  const isEnough = (row: number) => {
    let missing = fewest;
    return missing <= 0 || should.some((each) => each(row) && --missing === 0);
  };
  return (row) =>
    required.every((each) => each(row)) && !forbidden.some((each) => each(row)) && isEnough(row);
}

/** How many clauses of `should` have to match: one if nothing else is asked for. */
function leastOf(
  node: JsonNode | undefined,
  required: number,
  should: number,
  scope: Scope,
): number {
  if (!node) return required === 0 && should > 0 ? 1 : 0;
  const value = node.kind === 'scalar' ? Number(node.value) : NaN;
  if (Number.isInteger(value)) return value < 0 ? should + value : value;
  unsupported('minimum_should_match other than a whole number', node.span, scope);
  return 0;
}
