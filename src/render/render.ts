import { diagnostic, failure, success, type Outcome } from '../diagnostics/index.js';
import type { Backend, PlannedQuery, QueryPlan, Stage } from '../plan/index.js';
import { lastText } from './correlation/range-text.js';
import { renderCorrelation } from './correlation/render-correlation.js';
import { fragment } from './fragment.js';
import { BrokeOut } from './reader.js';

/**
 * The plan as query texts: one, but for a union.
 *
 * Errors: `render/broke-out` for a value or name that the backend's reader does not read back.
 */
export function render(plan: QueryPlan, backend: Backend): Outcome<readonly string[]> {
  try {
    return success(textsOf(plan, backend));
  } catch (error) {
    if (!(error instanceof BrokeOut)) throw error;
    const { says, written } = error;
    const { title } = backend.manifest;
    return failure(diagnostic('render/broke-out', plan.origin, { backend: title, says, written }));
  }
}

function textsOf({ queries }: QueryPlan, backend: Backend): readonly string[] {
  const write = (query: PlannedQuery, range: string) => renderQuery(query, range, backend);
  const detections = queries.filter((query) => query.kind === 'detection');
  const correlations = queries.filter((query) => query.kind === 'correlation');
  return [
    ...detections.map((query) => write(query, rangeOf(query, backend))),
    ...renderCorrelation(correlations, backend, write),
  ];
}

/** How far back a detection looks: as a test on the time column, or among those of the groups. */
function rangeOf({ last, stages }: PlannedQuery, backend: Backend): string {
  if (!last) return '';
  const { groups, correlations } = backend.manifest;
  const isGrouped = stages[0]?.kind === 'group' && 'last' in groups;
  const words = isGrouped ? groups.last : (correlations.range.last as string);
  return lastText(words, last.ms, last.column, backend);
}

function renderQuery({ source, stages }: PlannedQuery, range: string, backend: Backend): string {
  const place = {
    range,
    source: source === undefined ? '' : (backend.source?.write(source) ?? ''),
  };
  const isGrouped = stages[0]?.kind === 'group';
  return backend.query({
    ...place,
    ...(isGrouped && { range: '' }),
    stages: stages.map((stage, at) =>
      backend.stages[stage.kind]!({
        ...(stage.kind === 'group' && place),
        first: at === 0 ? 'true' : '',
        ...viewOf(stage, backend),
      }),
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
    case 'group': {
      const { expression, columns, missing = '' } = stage;
      const isAll = expression.kind === 'constant' && expression.value;
      return {
        condition: isAll ? '' : layout(fragment(expression, context).text),
        by: columns.map((name) => context.field.write(name)),
        missing,
      };
    }
    case 'compute':
      return {
        columns: stage.columns.map(({ name, text }) => ({ name: context.field.write(name), text })),
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
