import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Field, RegexAtom } from '../ir/index.js';
import { parseRegex, printRegex } from '../regex/index.js';
import type { Context, Test } from './backend.js';
import { networkRegex } from './network-regex.js';
import type { Notes } from './notes.js';
import { numberRegex } from './number-regex.js';
import { meaning } from './operators.js';
import type { Expression, Subject } from './planned-query.js';
import { lettersInAnyCase } from './regex-letters.js';
import { nullable } from './regex-nullable.js';
import { requestOf, type Request, type TypedAtom } from './select.js';

/** An expression and the context (by index) that says it. */
export interface Built {
  readonly context: number;
  readonly expression: Expression;
  /** It tests computed columns. */
  readonly flagged: boolean;
}

/** An atom in the words of the first context that has them; refused if none has. */
export function buildAtom(atom: TypedAtom, negated: boolean, notes: Notes): Built {
  const { manifest, contexts } = notes.backend;
  const { holds } = manifest.types[atom.field.type];
  const asked = requestOf(atom, holds, manifest);
  const request = atom.kind === 'regex' ? inEngineWords(atom, asked, notes) : asked;
  if (!request) return refused;
  const { value, asText } = request;
  const { only } = manifest.types[atom.field.type];
  const keys = only ? request.keys.filter((key) => only.tests.includes(key)) : request.keys;
  const subject = subjectOf(atom.field, asText, notes);
  const other = request.other && subjectOf(request.other, asText, notes);
  let reason = request.refused;
  if (only && keys.length === 0) reason ??= only.unsupported;
  reason ??= castProblem(atom.field, asText, notes);
  if (request.other) reason ??= castProblem(request.other, asText, notes);
  if (reason !== undefined) return unsupported(atom, request.keys, reason, notes);
  for (let index = 0; index < contexts.length; index++) {
    const context = contexts[index]!;
    const test = testFor(context, atom.field, { ...request, keys });
    if (typeof test === 'string') {
      reason = test || reason;
      continue;
    }
    note(atom, test, context, request, notes);
    const { guard } = context;
    const expression: Expression = {
      kind: 'operation',
      test,
      subject,
      other,
      values: value && test.literal ? [{ pattern: value, literal: test.literal }] : [],
      words: request.words,
      guarded:
        negated &&
        test.nullable &&
        guard !== undefined &&
        (guard.only !== 'optional' || subject.optional),
    };
    return { context: index, expression, flagged: false };
  }
  const spelt = holds === 'text' ? inCharacters(atom) : undefined;
  if (!spelt) return unsupported(atom, keys, reason ?? '', notes);
  if (atom.kind === 'cidr') notes.classes.add('address-text');
  return buildAtom(spelt, negated, notes);
}

/** What a language cannot ask of a network or a number in a text, as a test on its characters. */
function inCharacters(atom: TypedAtom): RegexAtom | undefined {
  if (atom.kind === 'cidr') return networkRegex(atom);
  return atom.kind === 'comparison' ? numberRegex(atom) : undefined;
}

/** The request with the expression as the backend's engine reads it. */
function inEngineWords(
  { source, flags, origin }: Extract<TypedAtom, { readonly kind: 'regex' }>,
  request: Request,
  { backend, diagnostics }: Notes,
): Request | undefined {
  const parsed = parseRegex(source, flags, origin);
  const printed = parsed.ok ? printRegex(parsed.value, backend.manifest.regex, origin) : parsed;
  if (parsed.ok && printed.ok) {
    return {
      ...request,
      value: [printed.value],
      acceptsEmpty: nullable(parsed.value),
      letters: lettersInAnyCase(parsed.value),
    };
  }
  for (const problem of printed.diagnostics) diagnostics.push(problem);
  return undefined;
}

function subjectOf(field: Field, asText: boolean, { backend, columns }: Notes): Subject {
  const { text } = backend.manifest.types[field.type];
  const known =
    field.expression !== undefined || (columns !== undefined && Object.hasOwn(columns, field.name));
  return { field, text: asText && typeof text === 'string' ? text : '{field}', optional: !known };
}

/** Why the field cannot be read as text. */
function castProblem({ type }: Field, asText: boolean, { backend }: Notes): string | undefined {
  const { text } = backend.manifest.types[type];
  return asText && typeof text === 'object' ? text.unsupported : undefined;
}

/** The first way to say it, or why there is none. */
function testFor(context: Context, field: Field, request: Request): Test | string {
  const { keys, value, other, acceptsEmpty } = request;
  if (context.leaves.has(field.type)) return '';
  if (!canName(field, context) || (other && !canName(other, context))) {
    return 'it cannot write the name of the field';
  }
  let reason = '';
  for (const key of keys) {
    const tests = context.tests[key];
    if (typeof tests === 'string') {
      reason ||= tests;
      continue;
    }
    for (const test of tests) {
      if (test.rejectsEmpty && acceptsEmpty) continue;
      if (!test.literal || (value && test.literal.holds(value))) return test;
    }
    reason = 'no literal of it holds this value';
  }
  return reason;
}

function canName({ name, expression }: Field, context: Context): boolean {
  return expression !== undefined || context.field.holds(name);
}

/** What the words that were chosen rest on. */
function note(
  atom: TypedAtom,
  test: Test,
  context: Context,
  request: Request,
  { backend, classes, assumptions }: Notes,
): void {
  const ofColumn = backend.manifest.types[atom.field.type].classes ?? [];
  const late = atom.field.late ? context.late : [];
  for (const names of [test.classes, context.classes, ofColumn, late]) {
    for (const name of names) classes.add(name);
  }
  for (const id of test.assumptions) assumptions.add(id);
  if (test.folded && folds(test.folded, request)) classes.add('ascii-case-folding');
}

/** Whether the test folds a letter of what is asked: of a text, an expression, or another field. */
function folds(folded: RegExp, { value, letters }: Request): boolean {
  if (letters !== undefined) return folded.test(letters);
  return !value || value.some((part) => typeof part === 'string' && folded.test(part));
}

const refused: Built = {
  context: 0,
  expression: { kind: 'constant', value: false },
  flagged: false,
};

function unsupported(
  atom: TypedAtom,
  [key]: Request['keys'],
  reason: string,
  { backend, diagnostics }: Notes,
): Built {
  const { title, alternative } = backend.manifest;
  const problem: Diagnostic = diagnostic(
    'plan/unsupported',
    atom.origin,
    { backend: title, what: meaning[key!], field: atom.field.name, reason },
    alternative === undefined ? {} : { help: alternative },
  );
  diagnostics.push(problem);
  return refused;
}
