import { constantRegex } from '../constant-regex.js';
import { conversion } from '../convert.js';
import { combine, constant, constantText, refuseUnverified, type Expression } from '../scope.js';
import { stated } from '../stated.js';
import { as, type Call, type ScalarFunction } from './define.js';

/** `extract(regex, group, text[, type])`. */
function extract({ args, type, scope, node }: Call): Expression | undefined {
  const [pattern, group, source] = args;
  const text = as(source!, 'string');
  const convert = conversion('string', type);
  const regex = constantRegex(pattern!, scope, node);
  if (!text || !convert || !regex) return undefined;
  const read = stated(convert, type, scope, node);
  return combine(type, [group!, text], (row, index) => {
    const match = regex.groups(text.at(row, index) as string);
    return read(match?.numbered[Number(group!.at(row, index))] ?? '');
  });
}

/** `replace_regex(text, regex, rewrite)`: `\0` is the match, `\1` to `\9` are its groups. */
function replaceRegex({ args, type, scope, node }: Call): Expression | undefined {
  const [source, pattern, rewrite] = args;
  const text = as(source!, 'string');
  const template = constantText(rewrite);
  const regex = constantRegex(pattern!, scope, node);
  if (!text || template === undefined || !regex) return undefined;
  if (/\\(?!\d)/.test(template)) {
    refuseUnverified(scope, node, 'a backslash before anything but a digit in a rewrite');
    return undefined;
  }
  return combine(type, [text], (row, index) => {
    const value = text.at(row, index) as string;
    let output = '';
    let at = 0;
    for (const { start, end, numbered } of regex.matches(value)) {
      output += value.slice(at, start);
      output += template.replace(/\\(\d)/g, (_, group: string) => numbered[Number(group)] ?? '');
      at = end;
    }
    return output + value.slice(at);
  });
}

/** Cuts the match at the start, or the end, of a text. Whether Kusto goes on to cut another is open. */
function trim(...edges: readonly ('start' | 'end')[]): ScalarFunction {
  return ({ args, type, scope, node }) => {
    const pattern = constantText(args[0]);
    const text = as(args[1]!, 'string');
    if (pattern === undefined || !text) return undefined;
    const cuts = edges.map((edge) => {
      const anchored = edge === 'start' ? `\\A(?:${pattern})` : `(?:${pattern})\\z`;
      return constantRegex(constant('string', anchored), scope, node);
    });
    return combine(type, [text], (row, index) => {
      let rest = text.at(row, index) as string;
      for (const [at, edge] of edges.entries()) {
        const cut = (value: string) => {
          const length = cuts[at]?.groups(value)?.numbered[0]?.length ?? 0;
          return edge === 'start' ? value.slice(length) : value.slice(0, value.length - length);
        };
        rest = cut(rest);
        if (cut(rest) !== rest) {
          const help = 'make the regular expression match the whole run, as in (?:…)+';
          refuseUnverified(scope, node, 'trimming several matches in a row', help);
        }
      }
      return rest;
    });
  };
}

export const regexes: Readonly<Record<string, ScalarFunction>> = {
  extract,
  replace_regex: replaceRegex,
  trim: trim('start', 'end'),
  trim_start: trim('start'),
  trim_end: trim('end'),
};
