import { columnsOf, each, type Command, type Results } from '../command.js';
import { wildcardTest } from '../glob.js';
import { options } from '../option.js';
import {
  commandEnds,
  take,
  takeKeyword,
  unexpected,
  word,
  words,
  type Parsed,
  type Scanner,
} from '../scanner.js';
import { assign, type Fields, type FieldValue } from '../value.js';

/** The names that fit, in the order in which they are asked for. */
function selected(names: readonly string[], wanted: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const pattern of wanted) {
    const fits = wildcardTest(pattern, true);
    const matching = pattern.includes('*') ? names.filter(fits) : [pattern];
    for (const name of matching) found.add(name);
  }
  return [...found];
}

function keepOnly(results: Results, kept: ReadonlySet<string>): void {
  for (const row of results.rows) {
    for (const name of [...row.keys()]) if (!kept.has(name)) row.delete(name);
  }
}

/** `_time` and `_raw` stay unless they are removed by name. */
export const fields: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const removes = take(scanner, '-');
    if (!removes) take(scanner, '+');
    const wanted = words(scanner, 'a field')?.map(({ text }) => text);
    if (!wanted) return null;
    return (results) => {
      const names = columnsOf(results);
      const visible = names.filter((name) => !name.startsWith('_'));
      const named = new Set(
        wanted.flatMap((each) =>
          selected(removes && !each.startsWith('_') ? visible : names, [each]),
        ),
      );
      const kept = removes
        ? names.filter((name) => !named.has(name))
        : [...named, ...['_time', '_raw'].filter((name) => names.includes(name))];
      keepOnly(results, new Set(kept));
      return { rows: results.rows, columns: kept };
    };
  },
};

export const table: Command = {
  parse: (scanner) => {
    const wanted = words(scanner, 'a field')?.map(({ text }) => text);
    if (!wanted) return null;
    return (results) => {
      const columns = selected(columnsOf(results), wanted);
      keepOnly(results, new Set(columns));
      return { rows: results.rows, columns };
    };
  },
};

interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** The target takes the source's value, or loses its own where the source is missing. */
export const rename: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const renamings: Renaming[] = [];
    do {
      const renaming = parseRenaming(scanner);
      if (!renaming) return null;
      renamings.push(renaming);
    } while (take(scanner, ',') || !commandEnds(scanner));
    return ({ rows, columns }) => {
      for (const row of rows) for (const renaming of renamings) renameIn(row, renaming);
      return {
        rows,
        columns: renamings.reduce<readonly string[]>(
          (names, renaming) => names.map((name) => renamed(name, renaming) ?? name),
          columns,
        ),
      };
    };
  },
};

function parseRenaming(scanner: Scanner): Parsed<Renaming> {
  const from = word(scanner, 'a field');
  if (!from) return null;
  if (!takeKeyword(scanner, 'AS')) return unexpected(scanner, 'as');
  const to = word(scanner, 'a name');
  if (!to) return null;
  const stars = (text: string) => text.split('*').length;
  if (stars(to.text) === stars(from.text)) return { from: from.text, to: to.text };
  scanner.at = to.span.start;
  return unexpected(scanner, 'a name with as many wildcards');
}

/** What a name becomes; undefined if the renaming does not concern it. */
function renamed(name: string, { from, to }: Renaming): string | undefined {
  if (!from.includes('*')) return name === from ? to : undefined;
  if (!wildcardTest(from, true)(name)) return undefined;
  const parts = from.split('*');
  const runs: string[] = [];
  let at = parts[0]!.length;
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const isLast = index === parts.length - 1;
    const next = isLast ? name.length - part.length : name.indexOf(part, at);
    runs.push(name.slice(at, next));
    at = next + part.length;
  }
  return to.replace(/\*/g, () => runs.shift() ?? '');
}

/** Renamed fields keep their place among the others. */
function renameIn(row: Fields, renaming: Renaming): void {
  if (!renaming.from.includes('*') && !row.has(renaming.from)) {
    row.delete(renaming.to);
    return;
  }
  const before = [...row];
  const targets = new Map<string, FieldValue>();
  for (const [name, value] of before) {
    const target = renamed(name, renaming);
    if (target !== undefined) targets.set(target, value);
  }
  row.clear();
  for (const [name, value] of before) {
    const target = renamed(name, renaming);
    if (target !== undefined) row.set(target, targets.get(target)!);
    else if (!targets.has(name)) row.set(name, value);
  }
}

/** With a list it makes the fields; without, it fills those that some row has. */
export const fillnull: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const found = options(scanner, 'fillnull', ['value']);
    if (!found) return null;
    const value = found.get('value')?.text ?? '0';
    const wanted = commandEnds(scanner) ? [] : words(scanner, 'a field')?.map(({ text }) => text);
    if (!wanted) return null;
    return (results, context) => {
      const names = wanted.length > 0 ? wanted : columnsOf(results);
      return each((row) => {
        for (const name of names) if (!row.has(name)) assign(row, name, value);
      })(results, context);
    };
  },
};
