// Changes of one stretch of a text, made at spans of a parse tree.

/** The kinds, in the order of the table. */
export const kinds = [
  'conjunct',
  'value',
  'affix',
  'bound',
  'case',
  'not',
  'key',
  'window',
  'constant',
];

/** Collects the changes of one text. */
export function changesIn(text) {
  const found = [];
  const splice = (kind, start, end, by) => {
    if (text.slice(start, end) !== by) found.push({ kind, start, end, by });
  };

  /** A stretch with the parentheses that stand around it alone. */
  const whole = ({ start, end }) => {
    for (;;) {
      const before = text.slice(0, start).search(/\(\s*$/);
      const after = /^\s*\)/.exec(text.slice(end));
      if (before < 0 || !after || /[\w~]$/.test(text.slice(0, before))) return { start, end };
      start = before;
      end += after[0].length;
    }
  };

  let negations = 0;
  /** What stands below a `not`. */
  const negated = (visit) => {
    negations++;
    visit();
    negations--;
  };

  /** Each of several that stand side by side, left out with what stands between. */
  const less = (kind, spans) => {
    if (spans.length < 2) return;
    const texts = spans.map(({ start, end }) => text.slice(start, end));
    for (const [at, { start, end }] of spans.entries()) {
      if (kind === 'conjunct' && negations === 0 && isRepeated(texts, at)) continue;
      if (at === 0) splice(kind, start, spans[1].start, '');
      else splice(kind, spans[at - 1].end, end, '');
    }
  };

  /** A word within a stretch, in place of the first that is found there. */
  const swap = (kind, { start, end }, word, by) => {
    const at = word.exec(text.slice(start, end));
    if (at) splice(kind, start + at.index, start + at.index + at[0].length, by(at[0]));
  };

  /** An ordering sign, its edge moved; `!=` for `==`. */
  const sign = (span) => {
    swap('bound', span, /[<>]=?/, (each) => (each.endsWith('=') ? each[0] : `${each}=`));
    swap('not', span, /!=/, () => (text.slice(span.start, span.end).includes('==') ? '' : '=='));
  };

  /** A number one more and one less. */
  const number = ({ start, end }, kind = 'constant') => {
    const written = text.slice(start, end);
    if (!/^-?\d{1,15}$/.test(written)) return;
    for (const off of [1, -1]) splice(kind, start, end, String(Number(written) + off));
  };

  /** The number of a length of time one more and one less, except of the least. */
  const length = ({ start, end }) => {
    const digits = /\d+/.exec(text.slice(start, end));
    if (!digits || /^1 ?m(s|illi)/.test(text.slice(start, end))) return;
    const at = start + digits.index;
    const value = Number(digits[0]);
    for (const other of value > 1 ? [value + 1, value - 1] : [value + 1]) {
      splice('window', at, at + digits[0].length, String(other));
    }
  };

  /** The last letter or digit of a quoted text left out, if it stands for itself. */
  const letter = ({ start, end }) => {
    const written = text.slice(start, end);
    const last = /[\p{L}\d](?=[^\p{L}\d\\]*["']+$)/u.exec(written);
    if (!last || /\\.?$/.test(written.slice(0, last.index))) return;
    splice('constant', start + last.index, start + last.index + last[0].length, '');
  };

  /** A wildcard at the start or the end of a pattern left out. */
  const wildcards = ({ start, end }, mark = '*') => {
    const written = text.slice(start, end);
    const open = /^"*/.exec(written)[0].length;
    const close = written.length - /"*$/.exec(written)[0].length;
    if (close - open < 2) return;
    if (written[open] === mark) splice('affix', start + open, start + open + 1, '');
    const isEscaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(written.slice(0, close - 1));
    if (written[close - 1] === mark && !isEscaped)
      splice('affix', start + close - 1, start + close, '');
  };

  return {
    text,
    found,
    splice,
    whole,
    less,
    negated,
    swap,
    sign,
    number,
    length,
    letter,
    wildcards,
  };
}

/**
 * Whether a test that a field is there stands beside a comparison of the field, which no missing field
 * satisfies. It says nothing then but below a `not`, and so is no place for a change.
 */
function isRepeated(texts, at) {
  const own = /^(?:isnotnull\((\S+)\)|(\S+) IS NOT NULL)$/.exec(texts[at]);
  const name = own?.[1] ?? own?.[2];
  return name !== undefined && texts.some((each) => /^ ?!= ?"/.test(after(each, name)));
}

function after(text, name) {
  return text.startsWith(name) ? text.slice(name.length) : '';
}

export function applied(text, { start, end, by }) {
  return text.slice(0, start) + by + text.slice(end);
}

/** The change as a person reads it: the text about it, before and after. */
export function shown(text, { start, end, by }) {
  const [before, after] = [text.slice(Math.max(0, start - 40), start), text.slice(end, end + 20)];
  const line = (middle) => `${before}⟦${middle}⟧${after}`.replace(/\s+/g, ' ');
  return `${line(text.slice(start, end))} → ${line(by)}`;
}
