import type { Pattern } from '../../ir/index.js';

/** What stands for the wildcards of a witness. */
interface Wildcards {
  readonly run: string;
  readonly one: string;
}

/** Texts that a pattern just matches and texts that it just misses. */
export function patternSamples(pattern: Pattern): readonly string[] {
  const exact = witness(pattern, { run: '', one: 'q' });
  const literal = pattern.map((part) => (typeof part === 'string' ? part : '')).join('');
  return [
    exact,
    witness(pattern, { run: 'x y', one: 'Q' }),
    witness(pattern, { run: 'x', one: '' }),
    witness(pattern, { run: '', one: 'qq' }),
    witness(pattern, { run: '\n', one: '\n' }),
    witness(pattern, { run: '', one: '😀' }),
    witness(pattern, { run: '*', one: '?' }),
    literal,
    literal.replace(/[*?]/g, 'z'),
    literal.replace(/[*?]/g, ''),
    literal.replaceAll('\\', '\\\\'),
    literal.replaceAll('\\', '/'),
    literal.replaceAll('\\', ''),
    literal.replace(/["'`]/g, ''),
    literal.replace(/[^a-zA-Z0-9]/g, '_'),
    ...nearTexts(exact),
  ];
}

/** Texts one step away: another case, a character more, less or changed at either end. */
export function nearTexts(text: string): readonly string[] {
  return [
    swapCase(text),
    ...lookalikes(text),
    text.toUpperCase().length === text.length && /^[\0-\x7f]*$/.test(text)
      ? text.toUpperCase()
      : text,
    text.slice(1),
    text.slice(0, -1),
    `x${text}`,
    `${text}x`,
    `x${text}x`,
    ` ${text}`,
    `${text} `,
    `${text}\n`,
    `\n${text}`,
    `${text}\\`,
    `"${text}"`,
    text.slice(0, -1) + changed(text.slice(-1)),
    changed(text.slice(0, 1)) + text.slice(1),
  ];
}

export function witness(pattern: Pattern, { run, one }: Wildcards): string {
  return pattern
    .map((part) => (typeof part === 'string' ? part : part.kind === 'any-run' ? run : one))
    .join('');
}

/** Each ASCII letter in its other case. Beyond ASCII, engines differ: a class of certificates. */
export function swapCase(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) =>
    letter < 'a' ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** Texts with a letter beyond ASCII that some engines fold to the one in its place. */
function lookalikes(text: string): readonly string[] {
  return Object.entries({ k: '\u212a', s: '\u017f', i: '\u0130' })
    .map(([letter, other]) => text.replace(new RegExp(letter, 'gi'), () => other))
    .filter((each) => each !== text);
}

/** Another letter. */
export function changed(letter: string): string {
  if (letter === '') return 'x';
  return letter === 'z' || letter === 'Z' ? 'y' : 'z';
}
