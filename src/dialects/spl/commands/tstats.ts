import { diagnostic } from '../../../diagnostics/index.js';
import type { Command, Context } from '../command.js';
import { booleanOption, options } from '../option.js';
import {
  commandEnds,
  expect,
  skipCommas,
  take,
  takeKeyword,
  unexpected,
  word,
  type Parsed,
  type Scanner,
  type Word,
} from '../scanner.js';
import { optionName, unknownOption, wrongValue } from '../option.js';
import { compileSearch, type RowTest } from '../search-match.js';
import { parseSearch } from '../search-syntax.js';
import { binStart, parseTimeSpan, type TimeSpan } from '../time.js';
import { numberOf, type Fields } from '../value.js';
import { aggregate, parseAggregates } from './stats.js';

/**
 * stats over the rows of a data model: those of the data set that is named as the model is, whose
 * fields stand with or without the model's own name in front.
 */
export const tstats: Command = {
  generates: 'always',
  parse: (scanner) => {
    const start = scanner.at;
    const found = options(scanner, 'tstats', [
      'prestats',
      'summariesonly',
      'allow_old_summaries',
      'fillnull_value',
    ]);
    const prestats = found && booleanOption(scanner, found, 'prestats', false);
    if (!found || prestats === null) return null;
    if (prestats) return wrongValue(scanner, 'prestats', 'false', found.get('prestats')!);
    const aggregates = parseAggregates(scanner, 'FROM', 'WHERE', 'BY');
    const model = aggregates && parseModel(scanner);
    if (!model) return null;
    const test = takeKeyword(scanner, 'WHERE') ? parseWhere(scanner) : () => true;
    const by = test && parseModelBy(scanner);
    if (!by) return null;
    const span = scanner.span(start, scanner.at);
    const filler = found.get('fillnull_value')?.text;
    return (_, context) => {
      const rows = rowsOf(context, model).filter(test);
      for (const row of rows) {
        if (by.span) binTime(row, by.span);
        if (filler !== undefined) {
          for (const name of by.names) if (!row.has(name)) row.set(name, filler);
        }
      }
      return aggregate(rows, { aggregates, by: by.names, span }, context);
    };
  },
};

function parseModel(scanner: Scanner): Parsed<string> {
  const start = scanner.at;
  if (takeKeyword(scanner, 'WHERE') || takeKeyword(scanner, 'BY')) {
    const span = scanner.span(start, scanner.at);
    const name = 'tstats without a data model';
    const help =
      'it reads indexed fields, and which those are no event tells; use search and stats';
    return scanner.report(diagnostic('spl/unknown-command', span, { name }, { help }));
  }
  if (!takeKeyword(scanner, 'FROM')) return unexpected(scanner, 'from datamodel=');
  if (!takeKeyword(scanner, 'DATAMODEL')) return unexpected(scanner, 'datamodel=');
  const model = expect(scanner, '=') && word(scanner, 'the name of a data model');
  return model && model.text;
}

function parseWhere(scanner: Scanner): Parsed<RowTest> {
  const node = parseSearch(scanner, true);
  return node && compileSearch(node);
}

interface ModelBy {
  readonly names: readonly string[];
  readonly span: TimeSpan | undefined;
}

/** Field names, and the span of `_time`. */
function parseModelBy(scanner: Scanner): Parsed<ModelBy> {
  const names: string[] = [];
  let span: TimeSpan | undefined;
  if (!takeKeyword(scanner, 'BY', 'GROUPBY')) return { names, span };
  do {
    skipCommas(scanner);
    const start = scanner.at;
    const option = optionName(scanner);
    if (option !== undefined && option !== 'span') {
      return unknownOption(scanner, 'tstats', option, start);
    }
    const next: Parsed<Word> = word(scanner, option === undefined ? 'a field' : 'a length of time');
    if (!next) return null;
    if (option === undefined) names.push(next.text);
    else {
      span = parseTimeSpan(next.text);
      if (!span) return wrongValue(scanner, 'span', 'a length of time such as 1h', next);
    }
  } while (take(scanner, ',') || !commandEnds(scanner));
  return { names, span };
}

function rowsOf({ events }: Context, model: string): readonly Fields[] {
  const prefix = `${model.split('.').at(-1)!}.`;
  return events
    .filter(({ dataset }) => dataset === model || dataset === '*')
    .map(({ fields }) => {
      const row: Fields = new Map(fields);
      for (const [name, value] of fields) {
        if (!name.startsWith('_') && !name.startsWith(prefix)) row.set(prefix + name, value);
      }
      return row;
    });
}

function binTime(row: Fields, span: TimeSpan): void {
  const time = numberOf(row.get('_time'));
  if (time !== undefined) row.set('_time', binStart(Math.round(time * 1000), span) / 1000);
}
