import { describe, expect, test } from 'vitest';
import { readerOf } from '../../src/dialects/readers/index.js';
import { andThen } from '../../src/diagnostics/index.js';
import { plan, type Literal, type Manifest } from '../../src/plan/index.js';
import { literalWriter, quoter } from '../../src/render/literals.js';
import { nameWriter } from '../../src/render/names.js';
import { backendIds, loadBackend, render, type BackendId } from '../../src/render/index.js';
import { rule, text } from '../support/ir.js';
import { read } from './read.js';

/** What may matter to some language: by its class, as a mark of quotes, escapes, comments or raw strings. */
const characters: readonly string[] = [
  ...Array.from({ length: 0x2_0000 }, (_, code) => code)
    .concat(Array.from({ length: 0x200 }, (_, at) => 0xe_0000 + at))
    .map((code) => String.fromCodePoint(code))
    .filter((char) => /[\p{Cc}\p{Cf}\p{Z}\p{P}\p{S}]/u.test(char) && char < '\u3100'),
  ...Array.from('aAuUxXhH0*?'),
  '\ufeff',
  '\u{e0041}',
  '\u{1f600}',
];
const marks = [
  '"',
  '""',
  '"""',
  "'",
  "''",
  '`',
  '```',
  '\\',
  '\\\\',
  '@"',
  "@'",
  'h"',
  '//',
  '/*',
  '*/',
  '{{',
  '$&',
];
const halves = ['\ud800', '\udfff', 'a\ud800b'];

/** A character alone, at each end, in the middle, doubled, and beside every mark. */
function placed(char: string): readonly string[] {
  const beside = marks.flatMap((mark) => [
    char + mark,
    mark + char,
    `a${char}${mark}b`,
    `a${mark}${char}b`,
  ]);
  return [
    char,
    char + char,
    `a${char}`,
    `${char}a`,
    `a${char}b`,
    ...beside,
    `\\x${char}""" or true // `,
  ];
}

const texts = [...characters, ...marks, ...halves].flatMap(placed);

async function manifestOf(id: BackendId): Promise<Manifest> {
  return (await loadBackend(id)).manifest;
}

describe.each(backendIds)('%s', (id) => {
  const reader = readerOf(id)!;

  test('reads back every text that it writes', async () => {
    const { literals, quotings } = await manifestOf(id);
    for (const literal of Object.values(literals)) {
      const writer = literalWriter(
        literal,
        quotings,
        isBare(literal, quotings) ? undefined : reader,
      );
      for (const text of texts) if (writer.holds([text])) writer.write([text]);
    }
  });

  test('reads a text as the vendor does', async () => {
    const { literals, quotings } = await manifestOf(id);
    const quotes = new Set(
      Object.values(literals)
        .filter((each) => !isBare(each, quotings))
        .map(({ quoting }) => quoting),
    );
    const some = texts.filter(
      (text, at) => (at % 7 === 0 || marks.includes(text)) && !/\p{Cs}/u.test(text),
    );
    for (const quoting of quotes) {
      const quote = quoter(quotings[quoting]!);
      // SPL writes no line ends: `forbids` keeps them out.
      for (const text of some.filter((each) => id !== 'spl' || !/[\n\r]/.test(each)))
        expect([text, read[id](quote(text))]).toEqual([text, reader(quote(text), 'text')]);
    }
  });

  test('reads back every name that it writes', async () => {
    const { contexts, source, quotings } = await manifestOf(id);
    const writers = [
      ...Object.values(contexts).map(({ field }) => nameWriter(field, quotings, 'name', reader)),
      ...(source ? [nameWriter(source, quotings, 'source', reader)] : []),
    ];
    for (const writer of writers)
      for (const text of texts) if (writer.holds(text)) writer.write(text);
  });

  test('keeps half a surrogate pair out', async () => {
    const { literals, quotings } = await manifestOf(id);
    for (const literal of Object.values(literals))
      for (const half of halves) expect(literalWriter(literal, quotings).holds([half])).toBe(false);
  });
});

/** Numbers and truth values stand without quotes: no text goes there. */
function isBare({ quoting }: Literal, quotings: Manifest['quotings']): boolean {
  return quotings[quoting]!.every(({ open }) => open === '');
}

test('what does not come back is refused, and the other rules are not', async () => {
  const backend = await loadBackend('kql', (written, kind) =>
    written.includes('evil') ? undefined : readerOf('kql')!(written, kind),
  );
  const written = (value: string) => {
    const planned = plan(rule(text('f', [value])), backend, { allow: [], maxQueries: 24 });
    return andThen(planned, (each) => render(each, backend));
  };
  const refused = written('evil');
  expect(refused.ok).toBe(false);
  expect(refused.diagnostics.map(({ code }) => code)).toEqual(['render/broke-out']);
  expect(written('good').ok).toBe(true);
});
