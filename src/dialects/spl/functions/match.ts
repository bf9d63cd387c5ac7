import { diagnostic } from '../../../diagnostics/index.js';
import { cidrTest } from '../cidr.js';
import { likeTest } from '../glob.js';
import { compilePcre } from '../pcre.js';
import { compileSearch } from '../search-match.js';
import { parseSearchText } from '../search-syntax.js';
import { scalarOf, textOf, valuesOf, type Value } from '../value.js';
import { literalText, valueFunction, wrongArgument, type Definition } from './definition.js';

/** Whether some value passes; NULL of NULL. */
function some(value: Value, test: (text: string) => boolean): boolean | undefined {
  const values = valuesOf(value);
  return values.length === 0 ? undefined : values.some((each) => test(textOf(each)));
}

/** Keeps what the last pattern was compiled to: most patterns never change. */
function remembered<T>(compile: (pattern: string) => T): (pattern: string) => T {
  let last: { readonly pattern: string; readonly compiled: T } | undefined;
  return (pattern) => {
    if (last?.pattern !== pattern) last = { pattern, compiled: compile(pattern) };
    return last.compiled;
  };
}

export const matchFunctions: Readonly<Record<string, Definition>> = {
  match: {
    arity: [2, 2],
    build: ([subject, pattern], call) => {
      const source = literalText(pattern!, call);
      const regex =
        source === null ? null : compilePcre(call.scanner, source, pattern!.syntax.span);
      return (
        regex && {
          isCondition: true,
          evaluate: (row) => some(subject!.evaluate(row), regex.found),
        }
      );
    },
  },
  like: {
    arity: [2, 2],
    build: (args, call) => {
      const testOf = remembered(likeTest);
      return valueFunction(
        2,
        2,
        (subject, pattern) => {
          const wanted = scalarOf(pattern);
          return wanted === undefined ? undefined : some(subject, testOf(textOf(wanted)));
        },
        true,
      ).build(args, call);
    },
  },
  cidrmatch: {
    arity: [2, 2],
    build: (args, call) => {
      const [range] = args;
      if (range!.syntax.kind === 'text' && !cidrTest(range!.syntax.value)) {
        const text = range!.syntax.value;
        return call.scanner.report(diagnostic('spl/invalid-cidr', range!.syntax.span, { text }));
      }
      const testOf = remembered(cidrTest);
      return valueFunction(
        2,
        2,
        (wanted, subject) => {
          const test = testOf(textOf(scalarOf(wanted) ?? ''));
          return some(subject, test ?? (() => false));
        },
        true,
      ).build(args, call);
    },
  },
  searchmatch: {
    arity: [1, 1],
    build: ([argument], call) => {
      const { syntax } = argument!;
      if (syntax.kind !== 'text') return wrongArgument(argument!, call, 'a quoted search');
      const literal = { text: syntax.value, quoted: true, span: syntax.span };
      const node = parseSearchText(call.scanner, literal);
      return node && { isCondition: true, evaluate: compileSearch(node) };
    },
  },
};
