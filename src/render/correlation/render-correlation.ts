import type { Backend, PlannedCorrelation, PlannedQuery, RowSet } from '../../plan/index.js';
import { hitViews } from './hit-views.js';
import { itemsViews } from './items-view.js';
import { totalColumn } from './output-views.js';
import { rangeText } from './range-text.js';
import { setViews, type SetView } from './set-view.js';
import { flag, laidOut, type View } from './texts.js';
import { wholeView } from './whole-view.js';

/** Writes the rows of a detection, within a range of time if there is one. */
type WriteRows = (query: PlannedQuery, range: string) => string;

/** Writes the queries of a correlation: one, but for a union. */
export function renderCorrelation(
  queries: readonly PlannedCorrelation[],
  backend: Backend,
  writeRows: WriteRows,
): readonly string[] {
  if (queries[0]?.form.steps === true) {
    const { stages } = queries[0].form;
    return itemsViews(queries, backend).map((view) =>
      backend.correlation({
        prelude: [],
        stages: stages.map((name) => backend.stages[name]!(view)),
      }),
    );
  }
  return queries.map((query) => {
    const { prelude, body } = written(query, backend, writeRows, 'Base', 'report');
    return backend.correlation({ prelude: prelude.map((text) => ({ text })), stages: body });
  });
}

interface Written {
  /** Statements that stand before the query. */
  readonly prelude: readonly string[];
  readonly body: readonly string[];
}

function written(
  query: PlannedCorrelation,
  backend: Backend,
  writeRows: WriteRows,
  base: string,
  end: 'report' | 'nested',
): Written {
  const { form, sets, common } = query;
  const stage = (name: string, view: View) => backend.stages[name]!(view);
  const rowsOf = (set: RowSet): Written => {
    if (set.rows?.kind === 'correlation') {
      return written(set.rows, backend, writeRows, `Inner${base}`, 'nested');
    }
    const range = rangeText(query, set, backend);
    return { prelude: [], body: [writeRows(common ?? set.rows!, range)] };
  };
  const rows = (common ? sets.slice(0, 1) : sets).map(rowsOf);
  const texts = rows.map(({ body }) => backend.correlation({ prelude: [], stages: body }));
  const outlook = { total: totalColumn(query, backend, end), end };
  const views = setViews(query, backend, texts, outlook);
  const hits = hitsText(
    hitViews(query, views).map((view) => stage('hit', view)),
    views,
    backend,
  );
  const whole = wholeView(query, backend, views, { ...outlook, base, hits });
  const names = [...form.stages, ...[form[end]].flatMap((name) => name ?? [])];
  const prelude =
    form.prelude === undefined ? [] : [stage(form.prelude, { base, hits: laidOut(hits) })];
  return {
    prelude: [...rows.flatMap((each) => each.prelude), ...prelude],
    body: names.map((name) => stage(name, whole)).filter((text) => text !== ''),
  };
}

/** The hits of all rules as one text. */
function hitsText(hits: readonly string[], sets: readonly SetView[], { stages }: Backend): string {
  const single = hits.length === 1;
  return stages['hits']!({
    single: flag(single),
    streaming: flag(sets.every(({ nested }) => nested === '')),
    hits: hits.map((text, at) => ({
      hit: single ? text : laidOut(text),
      nested: sets[at]!.nested,
    })),
  });
}
