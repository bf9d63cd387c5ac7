import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import { fieldsOf, isAtom, type Atom, type Predicate } from '../ir/index.js';
import { allOf, anyOf } from './connect.js';

/** What is left of a node: a predicate, or nothing. */
type Rest = Predicate | undefined;

/**
 * The predicate without the lines that are to go, as if they had not been written. That is safe
 * only in an AND that keeps another line: under a negation, in an OR or as the last line, dropping
 * would turn the rule into another one.
 */
export function dropItems(
  predicate: Predicate,
  isDropped: (atom: Atom) => boolean,
): Outcome<Predicate> {
  const rest = drop(predicate, isDropped);
  if (!rest.ok) return rest;
  return rest.value ? success(rest.value) : refuse(predicate, isDropped, 'as the last line');
}

function drop(node: Predicate, isDropped: (atom: Atom) => boolean): Outcome<Rest> {
  if (isAtom(node)) return success(isDropped(node) ? undefined : node);
  if (node.kind === 'constant') return success(node);
  if (node.kind === 'not') {
    return dropped(node, isDropped) ? refuse(node, isDropped, 'under a negation') : success(node);
  }
  const rests: Rest[] = [];
  for (const operand of node.operands) {
    const rest = drop(operand, isDropped);
    if (!rest.ok) return rest;
    rests.push(rest.value);
  }
  const kept = rests.filter((rest) => rest !== undefined);
  if (kept.length === 0) return success(undefined);
  if (node.kind === 'and') return success(allOf(kept, node.origin));
  return kept.length === rests.length
    ? success(anyOf(kept, node.origin))
    : refuse(node, isDropped, 'beside its alternatives');
}

/** The first atom below that is to go. */
function dropped(node: Predicate, isDropped: (atom: Atom) => boolean): Atom | undefined {
  if (isAtom(node)) return isDropped(node) ? node : undefined;
  if (node.kind === 'constant') return undefined;
  const below = node.kind === 'not' ? [node.operand] : node.operands;
  for (const child of below) {
    const found = dropped(child, isDropped);
    if (found) return found;
  }
  return undefined;
}

function refuse(
  node: Predicate,
  isDropped: (atom: Atom) => boolean,
  where: string,
): Outcome<never> {
  const atom = dropped(node, isDropped)!;
  const field = fieldsOf(atom)[0]?.name ?? 'a keyword';
  return failure(diagnostic('pipeline/drop-changes-logic', atom.origin, { field, where }));
}
