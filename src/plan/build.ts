import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { Field, Pattern, Predicate } from '../ir/index.js';
import { parseRegex, printRegex } from '../regex/index.js';
import type { Backend, Context, Test } from './backend.js';
import { chained, listed } from './group.js';
import type { Manifest } from './manifest.js';
import { meaning } from './operators.js';
import type { Expression, Operation } from './query-plan.js';
import { networkRegex } from './network-regex.js';
import { nullable } from './regex-nullable.js';
import { requestOf, type Request, type TypedAtom } from './select.js';

/** What is collected while the expressions of one rule are built. */
export interface Notes {
  readonly backend: Backend;
  /** The columns that the target is known to have. */
  readonly columns: Readonly<Record<string, unknown>> | undefined;
  /** Of all fields of the rule, and of computed columns. */
  readonly names: Set<string>;
  readonly classes: Set<string>;
  readonly assumptions: Set<string>;
  readonly diagnostics: Diagnostic[];
  /** Computed columns that the first context tests for the second. */
  readonly flags: { readonly name: string; readonly expression: Expression }[];
}

/** An expression and the context (by index) that says it. */
export interface Built {
  readonly context: number;
  readonly expression: Expression;
  /** It tests computed columns. */
  readonly flagged: boolean;
}

const nothing: Built = {
  context: 0,
  expression: { kind: 'constant', value: false },
  flagged: false,
};

/** The predicate in the words of the first context that has them; atoms are typed. */
export function build(node: Predicate, negated: boolean, notes: Notes): Built {
  switch (node.kind) {
    case 'constant':
      return { ...nothing, expression: { kind: 'constant', value: node.value } };
    case 'not': {
      const operand = build(node.operand, true, notes);
      return { ...operand, expression: { kind: 'not', operand: operand.expression } };
    }
    case 'and':
    case 'or':
      return join(
        node.kind,
        node.operands.map((operand) => build(operand, negated, notes)),
        notes,
      );
    case 'keyword':
    case 'keyword-regex':
      throw new Error('a keyword is still without fields');
    default:
      return buildAtom(node, negated, notes);
  }
}

function join(kind: 'and' | 'or', operands: readonly Built[], notes: Notes): Built {
  const [first] = operands;
  if (operands.every(({ context }) => context === first!.context)) {
    return {
      context: first!.context,
      expression: connect(kind, operands, notes),
      flagged: operands.some(({ flagged }) => flagged),
    };
  }
  const apart = operands.filter(({ context }) => context === 1);
  const flag: Built = {
    context: 0,
    expression: flagOf(connect(kind, apart, notes), notes),
    flagged: true,
  };
  const rest = operands.filter((each) => each.context === 0);
  return join(kind, operands[0]!.context === 1 ? [flag, ...rest] : [...rest, flag], notes);
}

function connect(kind: 'and' | 'or', operands: readonly Built[], notes: Notes): Expression {
  const { list, chain } = notes.backend.manifest.limits;
  const expressions = operands.map(({ expression }) => expression);
  return chained(kind, kind === 'or' ? listed(expressions, list) : expressions, chain);
}

/** A computed column for what only the second context can say, as the first context tests it. */
function flagOf(expression: Expression, notes: Notes): Expression {
  const [test] = notes.backend.contexts[0]!.tests.flag as readonly Test[];
  let number = notes.flags.length + 1;
  while (notes.names.has(`sigma_${number}`)) number++;
  const name = `sigma_${number}`;
  notes.names.add(name);
  notes.flags.push({ name, expression });
  return operation(test!, { name, type: 'integer' }, { keys: [], asText: false }, '{field}');
}

function operation(
  test: Test,
  field: Field,
  { value, words }: Request,
  subject: string,
): Operation {
  return {
    kind: 'operation',
    test,
    field,
    subject,
    values: value && test.literal ? [{ pattern: value, literal: test.literal }] : [],
    ...(words && { words }),
    optional: false,
    guarded: false,
  };
}

function buildAtom(atom: TypedAtom, negated: boolean, notes: Notes): Built {
  const { manifest, contexts } = notes.backend;
  const column = manifest.types[atom.field.type];
  let request = requestOf(atom, column.holds, manifest);
  let acceptsEmpty = false;
  if (atom.kind === 'regex') {
    const parsed = parseRegex(atom.source, atom.flags, atom.origin);
    const printed = parsed.ok ? printRegex(parsed.value, manifest.regex, atom.origin) : parsed;
    if (!parsed.ok || !printed.ok) return refuse(printed.diagnostics, notes);
    acceptsEmpty = nullable(parsed.value);
    request = { ...request, value: [printed.value] };
  }
  const subject = subjectOf(atom.field, request, manifest);
  const other = request.other && subjectOf(request.other, request, manifest);
  const refused = [request.refused, subject.refused, other?.refused].find(Boolean);
  if (refused !== undefined) return unsupported(atom, request, refused, notes);
  let reason = '';
  for (const [index, context] of contexts.entries()) {
    const found = testFor(context, atom.field, request, acceptsEmpty);
    if (typeof found === 'string') {
      reason = found || reason;
      continue;
    }
    const optional = isOptional(atom.field, notes);
    const { guard } = context;
    for (const name of [...found.classes, ...context.classes, ...(column.classes ?? [])]) {
      notes.classes.add(name);
    }
    for (const id of found.assumptions) notes.assumptions.add(id);
    if (atom.kind === 'string' && !atom.cased && request.value?.some(isForeign)) {
      notes.assumptions.add('ascii-case-folding');
    }
    return {
      context: index,
      flagged: false,
      expression: {
        ...operation(found, atom.field, request, subject.text),
        ...(request.other && { other: request.other, otherSubject: other!.text }),
        optional,
        guarded:
          negated &&
          found.nullable &&
          guard !== undefined &&
          (guard.only !== 'optional' || optional),
      },
    };
  }
  const spelt = atom.kind === 'cidr' && column.holds === 'text' && networkRegex(atom);
  return spelt ? buildAtom(spelt, negated, notes) : unsupported(atom, request, reason, notes);
}

/** How a test reads a field, or why it cannot. */
function subjectOf(
  { type }: Field,
  { asText }: Request,
  { types }: Manifest,
): { readonly text: string; readonly refused?: string } {
  const { text } = types[type];
  if (!asText) return { text: '{field}' };
  return typeof text === 'string' ? { text } : { text: '', refused: text.unsupported };
}

function isForeign(part: Pattern[number]): boolean {
  return typeof part === 'string' && /[^\0-\x7f]/.test(part);
}

function isOptional({ name, expression }: Field, { columns }: Notes): boolean {
  return expression === undefined && !(columns && Object.hasOwn(columns, name));
}

/** The first way to say it, or why there is none. */
function testFor(
  context: Context,
  field: Field,
  { keys, value, other }: Request,
  acceptsEmpty: boolean,
): Test | string {
  if (context.leaves.has(field.type)) return '';
  const names = [field, other].flatMap((each) => (each && !each.expression ? [each.name] : []));
  if (!names.every(context.field.holds)) return 'it cannot write the name of the field';
  let reason = '';
  for (const key of keys) {
    const tests = context.tests[key];
    if (typeof tests === 'string') reason ||= tests;
    else {
      const test = tests.find(
        ({ literal, rejectsEmpty }) =>
          !(rejectsEmpty && acceptsEmpty) && (!literal || (value && literal.holds(value))),
      );
      if (test) return test;
      reason = 'no literal of it holds this value';
    }
  }
  return reason;
}

function unsupported(atom: TypedAtom, { keys }: Request, reason: string, notes: Notes): Built {
  const { title, alternative } = notes.backend.manifest;
  const problem = diagnostic(
    'plan/unsupported',
    atom.origin,
    { backend: title, what: meaning[keys[0]!], field: atom.field.name, reason },
    alternative === undefined ? {} : { help: alternative },
  );
  return refuse([problem], notes);
}

function refuse(problems: readonly Diagnostic[], notes: Notes): Built {
  notes.diagnostics.push(...problems);
  return nothing;
}
