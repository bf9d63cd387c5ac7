import { diagnostic } from '../../../diagnostics/index.js';
import { each, filter, type Command } from '../command.js';
import { countOption, options } from '../option.js';
import { compilePcre } from '../pcre.js';
import { peek, quoted, skipSpace, takeMatch, unexpected, word } from '../scanner.js';
import { assign, fieldValue, textOf, valuesOf } from '../value.js';

/** `!=` keeps every row that `=` drops, those without the field among them. */
export const regex: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const field = peek(scanner) === '"' ? undefined : word(scanner, 'a field or a quoted pattern');
    if (!field && peek(scanner) !== '"') return null;
    skipSpace(scanner);
    const operator = field && takeMatch(scanner, /!?==?/y);
    if (field && operator === undefined) return unexpected(scanner, '= or !=');
    if (peek(scanner) !== '"') return unexpected(scanner, 'a quoted pattern');
    const pattern = quoted(scanner);
    const compiled = pattern && compilePcre(scanner, pattern.text, pattern.span);
    if (!compiled) return null;
    const written = `${field?.text ?? '_raw'}${operator ?? '='}`;
    const [name, wanted] = [written.replace(/!?==?$/, ''), !/!==?$/.test(written)];
    return filter(
      (row) => valuesOf(row.get(name)).some((value) => compiled.found(textOf(value))) === wanted,
    );
  },
};

/** What the named groups of a match caught. */
interface Groups {
  readonly named: Readonly<Record<string, string>>;
}

/** Every named group becomes a field; max_match makes it a multivalue, 0 of all matches. */
export const rex: Command = {
  isStreaming: true,
  parse: (scanner) => {
    const found = options(scanner, 'rex', ['field', 'max_match']);
    const most = found && countOption(scanner, found, 'max_match', 1);
    if (!found || most === null) return null;
    if (peek(scanner) !== '"') return unexpected(scanner, 'a quoted pattern');
    const pattern = quoted(scanner);
    const compiled = pattern && compilePcre(scanner, pattern.text, pattern.span);
    if (!compiled) return null;
    const names = [...pattern.text.matchAll(/\(\?(?:P?<|')([A-Za-z_]\w*)/g)].map(
      ([, name]) => name!,
    );
    if (names.length === 0) return scanner.report(diagnostic('spl/group-name', pattern.span, {}));
    const source = found.get('field')?.text ?? '_raw';
    const matchesOf = (text: string): readonly Groups[] => {
      if (most !== 1) return compiled.matches(text);
      const first = compiled.groups(text);
      return first ? [first] : [];
    };
    return each((row) => {
      const kept = valuesOf(row.get(source))
        .flatMap((value) => matchesOf(textOf(value)))
        .slice(0, most || Infinity);
      if (kept.length === 0) return;
      for (const name of names) {
        const values = kept.map(({ named }) => named[name]).filter((text) => text !== undefined);
        if (values.length > 0) assign(row, name, fieldValue(values));
      }
    });
  },
};
