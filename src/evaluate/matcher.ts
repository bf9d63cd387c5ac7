import { fold, type Field, type Predicate, type PredicateAlgebra } from '../ir/index.js';
import type { Json } from '../syntax/index.js';
import { compileRegex, type RegexOptions } from '../regex/index.js';
import { networkTest } from './cidr.js';
import { any, type Event } from './event.js';
import { reader } from './field.js';
import { keywordTest } from './keyword.js';
import { comparisonTest, numberTest } from './number.js';
import { foldCase, patternTest, textOf } from './text.js';
import { instantOf, partOf } from './time.js';

type Test = (event: Event) => boolean;

/**
 * The reference: what a predicate says of an event (docs/semantics.md). Compiled once; the test
 * itself is a pure function.
 */
export function matcher(predicate: Predicate): Test {
  return fold(predicate, algebra);
}

const algebra: PredicateAlgebra<Test> = {
  and: (_, children) => (event) => {
    for (const child of children) if (!child(event)) return false;
    return true;
  },
  or: (_, children) => (event) => {
    for (const child of children) if (child(event)) return true;
    return false;
  },
  not:
    (_, [operand]) =>
    (event) =>
      !operand!(event),
  constant:
    ({ value }) =>
    () =>
      value,
  string: ({ field, pattern, cased }) => textTest(field, patternTest(pattern, cased)),
  number: ({ field, value }) => valueTest(field, numberTest(value)),
  boolean: ({ field, value }) =>
    valueTest(
      field,
      (found) =>
        found === value || (typeof found === 'string' && foldCase(found) === String(value)),
    ),
  null: ({ field }) => absentOr(field, (value) => value === null),
  blank: ({ field }) => absentOr(field, (value) => value === null || value === ''),
  exists: ({ field }) => {
    const read = reader(field.name);
    return (event) => read(event) !== undefined;
  },
  comparison: (node) => valueTest(node.field, comparisonTest(node)),
  regex: ({ field, source, flags }) => textTest(field, regexTest(source, flags)),
  cidr: (node) => textTest(node.field, networkTest(node)),
  field: ({ field, other, test, cased }) => {
    const readOther = reader(other.name);
    const folded = cased ? (text: string) => text : foldCase;
    const holds = fieldTests[test];
    const read = reader(field.name);
    return (event) => {
      const [left, right] = [read(event), readOther(event)];
      if (left === undefined || right === undefined) return false;
      return any(
        left,
        ofText((text) =>
          any(
            right,
            ofText((o) => holds(folded(text), folded(o))),
          ),
        ),
      );
    };
  },
  'time-part': ({ field, part, value }) =>
    valueTest(field, (found) => {
      const instant = instantOf(found);
      return instant !== undefined && partOf(instant, part) === value;
    }),
  keyword: ({ fields, pattern, cased }) => keywordTest(fields, patternTest(pattern, cased)),
  'keyword-regex': ({ fields, source, flags }) => keywordTest(fields, regexTest(source, flags)),
};

const fieldTests: Readonly<
  Record<'equals' | 'startswith' | 'endswith' | 'contains', (a: string, b: string) => boolean>
> = {
  equals: (text, other) => text === other,
  startswith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
  contains: (text, other) => text.includes(other),
};

function valueTest(field: Field, test: (value: Json) => boolean): Test {
  const read = reader(field.name);
  return (event) => {
    const value = read(event);
    return value !== undefined && any(value, test);
  };
}

function absentOr(field: Field, test: (value: Json) => boolean): Test {
  const read = reader(field.name);
  return (event) => {
    const value = read(event);
    return value === undefined || any(value, test);
  };
}

function textTest(field: Field, test: (text: string) => boolean): Test {
  return valueTest(field, ofText(test));
}

function ofText(test: (text: string) => boolean): (value: Json) => boolean {
  return (value) => {
    const text = textOf(value);
    return text !== undefined && test(text);
  };
}

function regexTest(source: string, flags: RegexOptions): (text: string) => boolean {
  const regex = compileRegex(source, flags);
  if (!regex.ok) throw new Error(`lowering let a bad regular expression through: ${source}`);
  return regex.value.found;
}
