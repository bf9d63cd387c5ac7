import { allOf } from '../compiled.js';
import { each, filter, type Command } from '../command.js';
import { parseCondition, parseValue } from '../expression.js';
import { expect, take, word, type Parsed, type Scanner } from '../scanner.js';
import { compileSearch } from '../search-match.js';
import { parseSearch } from '../search-syntax.js';
import { assign, type Fields } from '../value.js';

export const search: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const node = parseSearch(scanner);
    return node && filter(compileSearch(node));
  },
};

export const where: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const condition = parseCondition(scanner);
    return condition && filter(condition);
  },
};

/** Assigns from left to right; each expression sees what the one before it assigned. */
export const evaluate: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const assignments: Parsed<(row: Fields) => void>[] = [];
    do {
      assignments.push(assignment(scanner));
    } while (assignments.at(-1) && take(scanner, ','));
    const all = allOf(assignments);
    return all && each((row) => all.forEach((change) => change(row)));
  },
};

function assignment(scanner: Scanner): Parsed<(row: Fields) => void> {
  const target = word(scanner, 'the name of a field');
  if (!target || !expect(scanner, '=')) return null;
  const value = parseValue(scanner);
  return value && ((row) => assign(row, target.text, value(row)));
}
