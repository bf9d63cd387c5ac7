import type { Notes } from './notes.js';
import type { ComputeStage, Expression, FilterStage, Stage, Subject } from './planned-query.js';

/** A name that every language writes as it is, and that no template makes up. */
const plainName = /^[A-Za-z]\w*$/;

/**
 * What a pipeline's own query text reads, as a column before the filter, where several of its tests
 * read it. Only where the backend can compute columns, and where the columns of the target are
 * known, so that none of them is hidden.
 */
export function withSharedReads(filter: FilterStage, notes: Notes): readonly Stage[] {
  const { backend, columns } = notes;
  if (!backend.stages['compute'] || !columns) return [filter];
  const shared = sharedReads(filter.expression).filter(
    ({ name }) => plainName.test(name) && !Object.hasOwn(columns, name),
  );
  if (shared.length === 0) return [filter];
  const names = new Set(shared.map(({ name }) => name));
  const named = (subject: Subject): Subject => {
    const { name, type } = subject.field;
    return names.has(name) ? { ...subject, field: { name, type } } : subject;
  };
  const expression = withSubjects(filter.expression, named);
  return [
    { kind: 'compute', context: filter.context, columns: shared },
    { ...filter, expression },
  ];
}

/** The calls that several tests read, each the only text of its name. */
function sharedReads(expression: Expression): ComputeStage['columns'] {
  const reads = new Map<string, (string | undefined)[]>();
  for (const { field } of subjectsOf(expression)) {
    const texts = reads.get(field.name);
    if (texts) texts.push(field.expression);
    else reads.set(field.name, [field.expression]);
  }
  return [...reads].flatMap(([name, [text, ...others]]) =>
    text?.includes('(') && others.length > 0 && others.every((other) => other === text)
      ? [{ name, text }]
      : [],
  );
}

function subjectsOf(expression: Expression): readonly Subject[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.operands.flatMap(subjectsOf);
    case 'not':
      return subjectsOf(expression.operand);
    case 'constant':
      return [];
    case 'operation':
      return expression.other ? [expression.subject, expression.other] : [expression.subject];
  }
}

function withSubjects(expression: Expression, change: (subject: Subject) => Subject): Expression {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const operands = expression.operands.map((each) => withSubjects(each, change));
      return { ...expression, operands };
    }
    case 'not':
      return { ...expression, operand: withSubjects(expression.operand, change) };
    case 'constant':
      return expression;
    case 'operation': {
      const { subject, other } = expression;
      return { ...expression, subject: change(subject), other: other && change(other) };
    }
  }
}
