import {
  fill,
  type Context,
  type Expression,
  type Operation,
  type Subject,
} from '../plan/index.js';

/** Query text and how strongly it holds together. */
export interface Fragment {
  readonly text: string;
  readonly strength: number;
}

/** Where a condition gets longer than this, every operand of its connectives has its own line. */
const lineWidth = 100;

/** The condition as text. Parentheses come from the strengths in the manifest, and from here only. */
export function fragment(expression: Expression, context: Context): Fragment {
  switch (expression.kind) {
    case 'constant': {
      const { text, strength } = context.connectives[expression.value ? 'true' : 'false'];
      return { text, strength };
    }
    case 'not': {
      const { text, strength, operand } = context.connectives.not;
      const held = hold(fragment(expression.operand, context), operand, context);
      const isCall = /[([]\{operand\}/.test(text);
      return { text: text.replace('{operand}', () => (isCall ? apart(held) : held)), strength };
    }
    case 'and':
    case 'or': {
      const { text, strength, operand } = context.connectives[expression.kind];
      const held = expression.operands.map((each) =>
        hold(fragment(each, context), operand, context),
      );
      return { text: joined(held, text), strength };
    }
    case 'operation':
      return operationFragment(expression, context);
  }
}

/** The slot of a connective that is a text around its operands, and no word between them. */
const around = '{operands}';

/** Whether the connective encloses its operands. */
export function isAround(word: string): boolean {
  return word.includes(around);
}

/** The operands behind each other, one a line where they are long. */
export function joined(operands: readonly string[], word: string): string {
  if (isAround(word)) return word.replace(around, () => listed(operands));
  const length = operands.reduce((sum, each) => sum + each.length + word.length + 2, 0);
  const long = length > lineWidth || operands.some((each) => each.includes('\n'));
  return operands.join(long ? `\n${word} ` : ` ${word} `);
}

/** The text, in parentheses if it is weaker than its place. */
export function hold({ text, strength }: Fragment, needed: number, context: Context): string {
  if (strength >= needed) return text;
  return fill(context.group, { text: apart(text) });
}

/** What stands between parentheses: on lines of its own if it has several. */
function apart(text: string): string {
  return text.includes('\n') ? `\n${indented(text)}\n` : text;
}

/** Words hold no line feeds, so every line is one of the layout. */
function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}

function operationFragment(operation: Operation, context: Context): Fragment {
  const { test, subject, other, values, words, guarded } = operation;
  const written = values.map(({ pattern, literal }) => literal.write(pattern));
  const slots: Record<string, string> = {
    field: subjectText(subject, context),
    other: other ? subjectText(other, context) : '',
    value: written[0] ?? '',
    values: written.length > 1 ? listed(written) : '',
    ...words,
  };
  const text = fill(written.length > 1 ? test.list! : test.text, slots);
  const { guard } = context;
  if (!guarded || !guard) return { text, strength: test.strength };
  const atom = hold({ text, strength: test.strength }, guard.operand, context);
  return { text: fill(guard.text, { ...slots, atom }), strength: guard.strength };
}

/** A long list has one value a line. */
function listed(values: readonly string[]): string {
  const line = values.join(', ');
  return line.length > lineWidth ? apart(values.join(',\n')) : line;
}

function subjectText({ field, text, optional }: Subject, context: Context): string {
  const { name, expression } = field;
  const named =
    expression === undefined
      ? context.field.write(name, optional)
      : hold({ text: expression, strength: isPrimary(expression) ? Infinity : 0 }, 1, context);
  return text === '{field}' ? named : text.replace('{field}', () => named);
}

/** Whether a pipeline's own text holds together by itself: a path or a call, and nothing beside it. */
function isPrimary(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(' || char === '[') depth++;
    else if (char === ')' || char === ']') depth--;
    else if (depth === 0 && !/[\w.@]/.test(char)) return false;
  }
  return true;
}
