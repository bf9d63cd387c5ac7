import type { Backend, PlannedQuery, QueryPlan, Stage } from '../plan/index.js';
import { lastText } from './correlation/range-text.js';
import { renderCorrelation } from './correlation/render-correlation.js';
import { fragment } from './fragment.js';

/** The plan as query texts: one, but for a union. */
export function render(plan: QueryPlan, backend: Backend): readonly string[] {
  const write = (query: PlannedQuery, range: string) => renderQuery(query, range, backend);
  return plan.queries.map((query) =>
    query.kind === 'detection'
      ? write(query, query.last ? lastText(query.last.ms, query.last.column, backend) : '')
      : renderCorrelation(query, backend, write),
  );
}

function renderQuery({ source, stages }: PlannedQuery, range: string, backend: Backend): string {
  return backend.query({
    range,
    source: source === undefined ? '' : (backend.source?.write(source) ?? ''),
    stages: stages.map((stage, at) =>
      backend.stages[stage.kind]!({ first: at === 0 ? 'true' : '', ...viewOf(stage, backend) }),
    ),
  });
}

/** What a stage's template sees: finished texts only. */
function viewOf(stage: Stage, backend: Backend): Readonly<Record<string, unknown>> {
  const context = backend.contexts.find(({ name }) => name === stage.context)!;
  switch (stage.kind) {
    case 'filter':
      return {
        [stage.context]: 'true',
        condition: layout(fragment(stage.expression, context).text),
      };
    case 'derive':
      return {
        columns: stage.columns.map(({ name, expression }) => ({
          name: context.field.write(name),
          condition: layout(fragment(expression, context).text),
        })),
      };
  }
}

/** Lines after the first are set in, so that a stage stands out. */
function layout(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
