import { each, isBounded, type Command } from '../command.js';
import { booleanOption, countOption, options, wrongValue } from '../option.js';
import { compilePcre } from '../pcre.js';
import { word } from '../scanner.js';
import { assign, fieldValue, textOf, valuesOf } from '../value.js';

/** One row for each value; a row without the field stays as it is. */
export const mvexpand: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const field = word(scanner, 'a field');
    const found = field && options(scanner, 'mvexpand', ['limit']);
    const limit = found && countOption(scanner, found, 'limit', 0);
    if (limit === null) return null;
    const { text: name, span } = field!;
    const most = limit || Infinity;
    return ({ rows, columns }, context) => {
      const count = rows.reduce(
        (sum, row) => sum + Math.min(valuesOf(row.get(name)).length || 1, most),
        0,
      );
      if (!isBounded(count, span, context)) return { rows: [], columns };
      const expanded = rows.flatMap((row) => {
        const values = valuesOf(row.get(name));
        if (values.length < 2) return [row];
        return values.slice(0, most).map((value) => new Map(row).set(name, value));
      });
      return { rows: expanded, columns };
    };
  },
};

/** Splits a text, at blanks unless told where; empty parts are dropped unless allowed. */
export const makemv: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const found = options(scanner, 'makemv', ['delim', 'allowempty', 'tokenizer']);
    const allowEmpty = found && booleanOption(scanner, found, 'allowempty', false);
    const field = allowEmpty === null ? undefined : word(scanner, 'a field');
    if (!field) return null;
    const tokenizer = found!.get('tokenizer');
    const pattern = tokenizer && compilePcre(scanner, tokenizer.text, tokenizer.span);
    if (tokenizer && !pattern) return null;
    const delimiter = found!.get('delim');
    if (delimiter?.text === '')
      return wrongValue(scanner, 'delim', 'at least one character', delimiter);
    const separator = delimiter?.text ?? ' ';
    const split = (text: string) =>
      pattern
        ? pattern.matches(text).map(({ numbered }) => numbered[1] ?? '')
        : text.split(separator);
    return each((row) => {
      const parts = valuesOf(row.get(field.text)).flatMap((value) => split(textOf(value)));
      assign(row, field.text, fieldValue(allowEmpty ? parts : parts.filter((part) => part !== '')));
    });
  },
};
