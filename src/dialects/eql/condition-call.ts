import { diagnostic } from '../../diagnostics/index.js';
import { addressBlock, addressKey } from '../elastic/address.js';
import type { Column } from '../elastic/documents.js';
import { compareScalars } from '../elastic/scalar.js';
import type { Expression } from './ast.js';
import { checkCount, compileValue, reportUnknownFunction } from './compile-value.js';
import { wildcardTest } from './match.js';
import type { Scope } from './scope.js';
import { anyValue, never, unknown, type Condition } from './test.js';
import { constantOf } from './value.js';

type Call = Extract<Expression, { kind: 'call' }>;

/** Compiles a call that is a condition of its own. */
export function compileConditionCall(call: Call, scope: Scope): Condition {
  switch (call.name.toLowerCase()) {
    case 'wildcard':
      return compileWildcard(call, scope);
    case 'cidrmatch':
      return compileCidrMatch(call, scope);
    default:
      return compileTest(call, scope);
  }
}

function isNull(argument: Expression): boolean {
  return argument.kind === 'literal' && argument.type === 'null';
}

/** `startsWith`, `endsWith` and `stringContains`. */
function compileTest(call: Call, scope: Scope): Condition {
  const [subject, part] = call.arguments;
  const isLucenePattern = !/^startswith$/i.test(call.name) && subject?.kind === 'field';
  if (isLucenePattern && part?.kind === 'literal' && /[*?\\]/.test(String(part.value))) {
    const construct = `${call.name} of a text with *, ? or \\`;
    const help =
      'some versions read these characters as wildcards: use like~ with * around the text';
    scope.report(diagnostic('eql/unsupported', part.span, { construct }, { help }));
    return never;
  }
  const columns: Column[] = [];
  const value = compileValue(call, columns, scope);
  if (!value) return never;
  return value.type === 'null' ? unknown : anyValue(columns, value, (found) => found === true);
}

function compileWildcard(call: Call, scope: Scope): Condition {
  if (!checkCount(call, 2, Infinity, scope)) return never;
  if (call.arguments.some(isNull)) return unknown;
  const [subject, ...patterns] = call.arguments as [Expression, ...Expression[]];
  const texts = constantTexts('wildcard', patterns, scope);
  const columns: Column[] = [];
  const value = compileValue(subject, columns, scope);
  if (!value || !texts) return never;
  if (value.type === 'null') return unknown;
  if (value.type !== 'string') {
    const parameters = { operator: call.name, expected: 'a string', actual: value.type };
    scope.report(diagnostic('eql/operand-type', subject.span, parameters));
    return never;
  }
  const tests = texts.map((text) => wildcardTest(text, call.ignoreCase));
  return anyValue(columns, value, (found) => tests.some((test) => test(String(found))));
}

function compileCidrMatch(call: Call, scope: Scope): Condition {
  if (call.ignoreCase) {
    reportUnknownFunction(call, scope);
    return never;
  }
  if (!checkCount(call, 2, Infinity, scope)) return never;
  if (call.arguments.some(isNull)) return unknown;
  const [subject, ...ranges] = call.arguments as [Expression, ...Expression[]];
  const texts = constantTexts('cidrMatch', ranges, scope);
  const columns: Column[] = [];
  const value = compileValue(subject, columns, scope);
  if (!value || !texts) return never;
  if (value.type === 'null') return unknown;
  if (value.type !== 'ip') {
    const parameters = { operator: call.name, expected: 'an ip field', actual: value.type };
    const help = 'a text in events is a keyword unless the type of its field is given';
    const told = value.type === 'string' && subject.kind === 'field' ? { help } : {};
    scope.report(diagnostic('eql/operand-type', subject.span, parameters, told));
    return never;
  }
  const blocks = texts.map((text) => {
    const address = addressKey(text);
    return address === undefined ? addressBlock(text) : ([address, address] as const);
  });
  const wrong = blocks.indexOf(undefined);
  if (wrong >= 0) {
    const parameters = { value: JSON.stringify(texts[wrong]), type: 'block of addresses' };
    scope.report(diagnostic('eql/mismatched-type', ranges[wrong]!.span, parameters));
    return never;
  }
  return anyValue(columns, value, (found) =>
    blocks.some(
      (block) => compareScalars(found, block![0]) >= 0 && compareScalars(found, block![1]) <= 0,
    ),
  );
}

/** The arguments as constant strings; undefined after an error. */
function constantTexts(
  operator: string,
  expressions: readonly Expression[],
  scope: Scope,
): readonly string[] | undefined {
  const texts: string[] = [];
  for (const expression of expressions) {
    const value = compileValue(expression, [], scope);
    if (!value) return undefined;
    const constant = value.constant ? constantOf(value) : undefined;
    if (typeof constant !== 'string') {
      const actual = value.constant ? value.type : 'a field';
      const parameters = { operator, expected: 'a constant string', actual };
      scope.report(diagnostic('eql/operand-type', expression.span, parameters));
      return undefined;
    }
    texts.push(constant);
  }
  return texts;
}
