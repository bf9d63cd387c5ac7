import { diagnostic } from '../../../diagnostics/index.js';
import type { Parsed } from '../scanner.js';
import { parseRelativeTime } from '../time.js';
import { formatTime, missingInFormat, timeReader, unknownDirective } from '../time-format.js';
import { numberOf, scalarOf, textOf } from '../value.js';
import type { Compiled } from '../compiled.js';
import {
  literalText,
  valueFunction,
  wrongArgument,
  type Call,
  type Definition,
} from './definition.js';

/** The start of the search; time() is the same, since a run takes no time. */
const now: Definition = {
  arity: [0, 0],
  build: (_, { scanner }) => {
    const seconds = scanner.now / 1000;
    return { isCondition: false, evaluate: () => seconds };
  },
};

export const timeFunctions: Readonly<Record<string, Definition>> = {
  now,
  time: now,
  strftime: {
    arity: [2, 2],
    build: (args, call) => {
      const format = knownFormat(args[1]!, call);
      if (format === null) return null;
      return valueFunction(1, 1, (time) => {
        const seconds = numberOf(time);
        return seconds === undefined ? undefined : formatTime(Math.round(seconds * 1000), format);
      }).build(args.slice(0, 1), call);
    },
  },
  strptime: {
    arity: [2, 2],
    build: (args, call) => {
      const format = knownFormat(args[1]!, call);
      if (format === null) return null;
      const expected = missingInFormat(format);
      if (expected !== undefined) return wrongArgument(args[1]!, call, expected);
      const read = timeReader(format);
      return valueFunction(1, 1, (value) => {
        const text = scalarOf(value);
        const time = text === undefined ? undefined : read(textOf(text));
        return time === undefined ? undefined : time / 1000;
      }).build(args.slice(0, 1), call);
    },
  },
  relative_time: {
    arity: [2, 2],
    build: (args, call) => {
      const text = literalText(args[1]!, call);
      if (text === null) return null;
      const step = parseRelativeTime(text);
      if (!step)
        return call.scanner.report(diagnostic('spl/invalid-time', args[1]!.syntax.span, { text }));
      return valueFunction(1, 1, (time) => {
        const seconds = numberOf(time);
        return seconds === undefined ? undefined : step(Math.round(seconds * 1000)) / 1000;
      }).build(args.slice(0, 1), call);
    },
  },
};

function knownFormat(argument: Compiled, call: Call): Parsed<string> {
  const format = literalText(argument, call);
  const directive = format === null ? undefined : unknownDirective(format);
  if (directive === undefined) return format;
  return call.scanner.report(diagnostic('spl/invalid-format', argument.syntax.span, { directive }));
}
