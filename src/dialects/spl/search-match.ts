import { foldCase } from './choices.js';
import { termTest, wildcardTest, type TextTest } from './glob.js';
import { rangeOf, type Comparison, type SearchNode, type SearchValue } from './search-syntax.js';
import { compareText, numberOf, textOf, valuesOf, type Fields, type Scalar } from './value.js';

export type RowTest = (row: Fields) => boolean;

/** The texts of a field's values, and the same without case. */
interface Texts {
  readonly given: readonly string[];
  readonly folded: readonly string[];
}

type FieldReader = (row: Fields) => Texts;

/**
 * The test of a search condition; it is two-valued: a comparison of a missing field is false.
 *
 * In the base search an event without an index belongs to every index.
 */
export function compileSearch(node: SearchNode, isBase = false): RowTest {
  const readers = new Map<string, FieldReader>();
  const reader = (field: string) => {
    const read = readers.get(field) ?? fieldReader(field);
    readers.set(field, read);
    return read;
  };
  const anyIndex = (field: string, test: RowTest): RowTest =>
    isBase && field === 'index' ? (row) => !row.has('index') || test(row) : test;

  const compile = (each: SearchNode): RowTest => {
    switch (each.kind) {
      case 'and':
        return every(each.operands.map(compile));
      case 'or':
        return some(each.operands.map(compile));
      case 'not': {
        const operand = compile(each.operand);
        return (row) => !operand(row);
      }
      case 'compare': {
        const { field, operator, value } = each;
        return anyIndex(field, comparisonTest(field, operator, value, reader(field)));
      }
      case 'in':
        return anyIndex(each.field, membershipTest(each.field, each.values, reader(each.field)));
      case 'time':
        return boundTest(each.bound, each.milliseconds);
      case 'term':
        return each.value.text === '*' ? () => true : rawTest(each.value, reader('_raw'));
    }
  };
  return compile(node);
}

/** Reads a field of one row once, however many comparisons ask for it. */
function fieldReader(field: string): FieldReader {
  let last: Fields | undefined;
  let texts: Texts = { given: [], folded: [] };
  return (row) => {
    if (row !== last) {
      last = row;
      const given = valuesOf(row.get(field)).map(textOf);
      texts = { given, folded: given.map(foldCase) };
    }
    return texts;
  };
}

function every(tests: readonly RowTest[]): RowTest {
  return (row) => tests.every((test) => test(row));
}

function some(tests: readonly RowTest[]): RowTest {
  return (row) => tests.some((test) => test(row));
}

/** On several values a comparison holds if it holds for one of them, `!=` like the others. */
function comparisonTest(
  field: string,
  operator: Comparison,
  value: SearchValue,
  read: FieldReader,
): RowTest {
  if (operator === '=' || operator === '!=') {
    if (value.text === '*') return operator === '=' ? (row) => row.has(field) : () => false;
    const holds = equalityTest(value, read);
    return operator === '=' ? holds.some : holds.someNot;
  }
  return (row) => valuesOf(row.get(field)).some((each) => ordered(each, operator, value.text));
}

function equalityTest(value: SearchValue, read: FieldReader) {
  const range = rangeOf(value);
  const wanted = value.cased ? value.text : foldCase(value.text);
  const test: TextTest =
    range ?? (wanted.includes('*') ? wildcardTest(wanted, true) : (text) => text === wanted);
  const texts =
    value.cased || range ? (row: Fields) => read(row).given : (row: Fields) => read(row).folded;
  return {
    some: (row: Fields) => texts(row).some(test),
    someNot: (row: Fields) => texts(row).some((text) => !test(text)),
  };
}

/** Numerically if both are numbers, else in the order of UTF-8 bytes. */
function ordered(left: Scalar, operator: Comparison, right: string): boolean {
  const [a, b] = [numberOf(left), numberOf(right)];
  const difference = a === undefined || b === undefined ? compareText(textOf(left), right) : a - b;
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    default:
      return difference >= 0;
  }
}

function membershipTest(field: string, values: readonly SearchValue[], read: FieldReader): RowTest {
  const isPlain = (value: SearchValue) =>
    !value.cased && !value.text.includes('*') && !rangeOf(value);
  const plain = new Set(values.filter(isPlain).map(({ text }) => foldCase(text)));
  const others = values
    .filter((value) => !isPlain(value))
    .map((value) => comparisonTest(field, '=', value, read));
  return (row) =>
    read(row).folded.some((text) => plain.has(text)) || others.some((test) => test(row));
}

/** earliest is inclusive, latest exclusive. */
function boundTest(bound: 'earliest' | 'latest', milliseconds: number): RowTest {
  return (row) => {
    const time = numberOf(row.get('_time'));
    if (time === undefined) return false;
    const difference = Math.round(time * 1000) - milliseconds;
    return bound === 'earliest' ? difference >= 0 : difference < 0;
  };
}

function rawTest({ text, cased, term }: SearchValue, read: FieldReader): RowTest {
  const test = termTest(text, cased, term);
  return (row) => (cased ? read(row).given : read(row).folded).some(test);
}
