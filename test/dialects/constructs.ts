import { readFileSync, readdirSync } from 'node:fs';
import { load } from 'js-yaml';

/** A query, and whether its interpreter gave the result that is known, refused it, or gave another. */
export interface Tried {
  readonly query: string;
  readonly verdict: 'right' | 'refused' | 'differs';
}

/** The words in backticks below a heading of a page: what the interpreter says that it runs. */
export function wordsOf(page: string, heading: string): readonly string[] {
  const text = readFileSync(new URL(`../../docs/dialects/${page}`, import.meta.url), 'utf8');
  const section = text
    .slice(text.indexOf(`\n## ${heading}\n`) + 1)
    .split(/\n## |\n\| Open |\nRefused|\nEverything else/)[0]!;
  const words = [...section.matchAll(/`([^`]+)`/g)].flatMap(([, words = '']) => words.split(/\s+/));
  return [...new Set(words)].filter((word) => /^[a-z_][\w…-]+$/i.test(word));
}

interface Own {
  readonly query?: string;
  readonly run?: string;
  readonly error?: string;
  readonly refused?: string;
  readonly cases?: readonly Own[];
}

/** The cases of our own in a folder. They are tests: what they say is what the interpreter gives. */
export function ownCases(folder: string): readonly Tried[] {
  const at = new URL(`${folder}/`, import.meta.url);
  return readdirSync(at)
    .filter((name) => name.endsWith('.yml'))
    .flatMap((name) => casesIn(load(readFileSync(new URL(name, at), 'utf8')) as Own | Own[]));
}

function casesIn(content: Own | readonly Own[]): readonly Tried[] {
  return [content].flat().flatMap((each: Own): readonly Tried[] => {
    const query = each.query ?? each.run;
    if (query === undefined) return casesIn(each.cases ?? []);
    const refused = each.error ?? each.refused;
    return [{ query, verdict: refused === undefined ? 'right' : 'refused' }];
  });
}

/** Lines of a table: how many cases name each word, by verdict; then the words that none names. */
export function figures(
  words: readonly string[],
  recorded: readonly Tried[],
  own: readonly Tried[],
): readonly string[] {
  const rows = words.toSorted().map((word) => {
    const cells = [count(word, recorded, 'right'), count(word, recorded, 'refused')];
    cells.push(
      count(word, recorded, 'differs'),
      count(word, own, 'right'),
      count(word, own, 'refused'),
    );
    return { word, cells };
  });
  const tried = rows.filter(({ cells }) => cells.some((each) => each > 0));
  const others = rows.filter((row) => !tried.includes(row)).map(({ word }) => `\`${word}\``);
  return [
    '| Construct | Recorded: right | refused | differ | Our own: right | refused |',
    '| --- | --- | --- | --- | --- | --- |',
    ...tried.map(({ word, cells }) => `| \`${word}\` | ${cells.join(' | ')} |`),
    '',
    `Not tried: ${others.length === 0 ? 'none' : others.join(' ')}.`,
  ];
}

function count(word: string, cases: readonly Tried[], verdict: Tried['verdict']): number {
  const named = new RegExp(`(?<![\\w.-])${word.replaceAll('…', () => '\\w*')}(?![\\w-])`, 'i');
  return cases.filter((each) => each.verdict === verdict && named.test(each.query)).length;
}
