import { each, type Command } from '../command.js';
import { optionName, unknownOption, wrongValue } from '../option.js';
import { commandEnds, takeKeyword, unexpected, word, type Word } from '../scanner.js';
import { binStart, parseTimeSpan } from '../time.js';
import { assign, numberOf, type Fields } from '../value.js';

/** Rounds `_time` down to the start of its bin, another number to the range that holds it. */
export const bin: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const given = new Map<string, Word>();
    let field: Word | undefined;
    let target: Word | undefined;
    while (!commandEnds(scanner)) {
      const start = scanner.at;
      const option = optionName(scanner);
      if (option !== undefined && option !== 'span' && option !== 'aligntime') {
        return unknownOption(scanner, 'bin', option, start);
      }
      const isAlias = option === undefined && takeKeyword(scanner, 'AS') !== undefined;
      const next = word(scanner, option ?? 'a field');
      if (!next) return null;
      if (option !== undefined) given.set(option, next);
      else if (isAlias) target = next;
      else if (!field) field = next;
      else {
        scanner.at = next.span.start;
        return unexpected(scanner, 'the end of the command');
      }
    }
    const length = given.get('span');
    if (!field || !length) return unexpected(scanner, field ? 'span=' : 'a field');
    const change = field.text === '_time' ? timeBin(given) : numberBin(field.text, length);
    if (typeof change !== 'function') {
      const [option, expected, word] = change;
      return wrongValue(scanner, option, expected, word);
    }
    const name = (target ?? field).text;
    return each((row) => {
      const start = change(row);
      if (start !== undefined) assign(row, name, start);
    });
  },
};

type Change = ((row: Fields) => string | number | undefined) | readonly [string, string, Word];

function timeBin(given: ReadonlyMap<string, Word>): Change {
  const length = given.get('span')!;
  const span = parseTimeSpan(length.text);
  if (!span) return ['span', 'a length of time such as 300s', length];
  const align = given.get('aligntime');
  const offset = align ? numberOf(align.text) : 0;
  if (offset === undefined) return ['aligntime', 'epoch seconds', align!];
  const wholeDays = 'months' in span || /d/.test(length.text.replace(/sec.*|ds/i, ''));
  return (row) => {
    const time = numberOf(row.get('_time'));
    if (time === undefined) return undefined;
    return binStart(Math.round(time * 1000), span, wholeDays ? 0 : offset * 1000) / 1000;
  };
}

function numberBin(field: string, length: Word): Change {
  const width = numberOf(length.text);
  if (width === undefined || !Number.isInteger(width) || width <= 0)
    return ['span', 'a positive whole number', length];
  return (row) => {
    const number = numberOf(row.get(field));
    if (number === undefined) return undefined;
    const start = Math.floor(number / width) * width;
    return `${start}-${start + width}`;
  };
}
