import { diagnostic } from '../../diagnostics/index.js';
import { addressBlock } from '../elastic/address.js';
import { failed, ofEachValue, ofSingleValues, type Call, type EsqlFunction } from './function.js';

type Texts = readonly string[];

/** A function of single strings. */
function ofTexts(
  count: number,
  result: EsqlFunction['result'],
  run: (texts: Texts, call: Call) => string | number | boolean | readonly string[] | null,
): EsqlFunction {
  return {
    parameters: Array.from({ length: count }, () => 'string'),
    required: count,
    result,
    compile: ofSingleValues((values, call) => run(values as Texts, call)),
  };
}

/** A prefix or suffix test, which some versions ran without escaping the text. */
function ofEdges(run: (text: string, part: string) => boolean): EsqlFunction {
  const test = ofTexts(2, 'boolean', ([text, part]) => run(text!, part!));
  return {
    ...test,
    compile: (call) => {
      const { text, span } = call.values[1]!;
      if (text !== undefined && /[*?\\]/.test(text)) {
        const construct = `${call.name} of a text with *, ? or \\`;
        const difference = 'before the fix of April 2026 they are wildcards: use LIKE with escapes';
        call.scope.report(diagnostic('esql/version-dependent', span, { construct, difference }));
      }
      return test.compile(call);
    },
  };
}

function slice(text: string, start: number, end?: number): string {
  return Array.from(text).slice(start, end).join('');
}

/** What Java holds for white space: no space that does not break a line, and not the byte order mark. */
const leading = /^[\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/;
const trailing = new RegExp(`${leading.source.slice(1)}$`);

function trimmed(text: string, start: boolean, end: boolean): string {
  const rest = start ? text.replace(leading, '') : text;
  return end ? rest.replace(trailing, '') : rest;
}

const locate = ofTexts(2, 'integer', ([text, part]) =>
  text!.includes(part!) ? Array.from(text!.slice(0, text!.indexOf(part!))).length + 1 : 0,
);

export const stringFunctions: Readonly<Record<string, EsqlFunction>> = {
  TO_LOWER: {
    parameters: ['string'],
    required: 1,
    result: 'keyword',
    compile: ofEachValue((value) => String(value).toLowerCase()),
  },
  TO_UPPER: {
    parameters: ['string'],
    required: 1,
    result: 'keyword',
    compile: ofEachValue((value) => String(value).toUpperCase()),
  },
  CONCAT: { ...ofTexts(2, 'keyword', (texts) => texts.join('')), variadic: true },
  CONTAINS: ofTexts(2, 'boolean', ([text, part]) => text!.includes(part!)),
  STARTS_WITH: ofEdges((text, part) => text.startsWith(part)),
  ENDS_WITH: ofEdges((text, part) => text.endsWith(part)),
  LENGTH: ofTexts(1, 'integer', ([text]) => Array.from(text!).length),
  TRIM: ofTexts(1, 'keyword', ([text]) => trimmed(text!, true, true)),
  LTRIM: ofTexts(1, 'keyword', ([text]) => trimmed(text!, true, false)),
  RTRIM: ofTexts(1, 'keyword', ([text]) => trimmed(text!, false, true)),
  SPLIT: ofTexts(2, 'keyword', ([text, delimiter], call) => {
    if (delimiter!.length !== 1 || delimiter! > '\x7f') {
      return failed('SPLIT takes a delimiter of one byte', call);
    }
    const parts = text!.split(delimiter!);
    return parts.length === 1 ? parts[0]! : parts;
  }),
  SUBSTRING: {
    parameters: ['string', 'integer', 'integer'],
    required: 2,
    result: 'keyword',
    // Counted from 1; 0 is the first character too, and negative places count from the end.
    compile: ofSingleValues(([text, from, count], call) => {
      const characters = Array.from(String(text));
      const place = Number(from);
      const start =
        place > 0 ? place - 1 : place === 0 ? 0 : Math.max(0, characters.length + place);
      if (count !== undefined && Number(count) < 0) {
        return failed('SUBSTRING takes no negative length', call);
      }
      const end = count === undefined ? undefined : start + Number(count);
      return characters.slice(start, end).join('');
    }),
  },
  LEFT: {
    parameters: ['string', 'integer'],
    required: 2,
    result: 'keyword',
    compile: ofSingleValues(([text, count]) => slice(String(text), 0, Math.max(0, Number(count)))),
  },
  RIGHT: {
    parameters: ['string', 'integer'],
    required: 2,
    result: 'keyword',
    compile: ofSingleValues(([text, count]) =>
      Number(count) <= 0 ? '' : slice(String(text), -Number(count)),
    ),
  },
  LOCATE: {
    ...locate,
    parameters: ['string', 'string', 'integer'],
    compile: (call) => {
      const start = call.values[2];
      if (!start) return locate.compile(call);
      const construct = 'LOCATE from a given place on';
      call.scope.report(diagnostic('esql/unsupported', start.span, { construct }));
      return undefined;
    },
  },
  REPLACE: {
    ...ofTexts(3, 'keyword', ([text, pattern, replacement]) =>
      text!.replaceAll(pattern!, () => replacement!),
    ),
    compile: (call) => {
      const [, pattern, replacement] = call.values;
      if (pattern!.text === undefined || /[\\^$.|?*+()[\]{}]/.test(pattern!.text)) {
        const construct = 'REPLACE by anything but a constant text without operators';
        call.scope.report(diagnostic('esql/unsupported', pattern!.span, { construct }));
        return undefined;
      }
      if (replacement!.text === undefined || /[\\$]/.test(replacement!.text)) {
        const construct = 'REPLACE with anything but a constant text without references';
        call.scope.report(diagnostic('esql/unsupported', replacement!.span, { construct }));
        return undefined;
      }
      return ofSingleValues(([text, from, to]) =>
        String(text).replaceAll(String(from), () => String(to)),
      )(call);
    },
  },
  CIDR_MATCH: {
    parameters: ['ip', 'string'],
    required: 2,
    variadic: true,
    result: 'boolean',
    compile: (call) => {
      const blocks = new Map<string, ReturnType<typeof addressBlock>>();
      for (const { text, span } of call.values.slice(1)) {
        if (text === undefined) continue;
        blocks.set(text, addressBlock(text));
        if (blocks.get(text)) continue;
        const parameters = { value: JSON.stringify(text), type: 'block of addresses' };
        call.scope.report(diagnostic('esql/mismatched-value', span, parameters));
        return undefined;
      }
      return ofSingleValues(([address, ...texts]) =>
        texts.some((text) => {
          const block = blocks.get(String(text)) ?? addressBlock(String(text));
          return block !== undefined && address! >= block[0] && address! <= block[1];
        }),
      )(call);
    },
  },
};
