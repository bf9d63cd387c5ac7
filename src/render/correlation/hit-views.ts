import type { PlannedCorrelation } from '../../plan/index.js';
import type { SetView } from './set-view.js';
import { flag, type View } from './texts.js';

/** What the template of hits sees: each row set, or the rows that all of them are among. */
export function hitViews(
  { common }: PlannedCorrelation,
  sets: readonly SetView[],
): readonly View[] {
  return common ? [{ ...sets[0], ...toldColumns(sets), told: 'true', sets }] : sets;
}

/** The columns of rows that are told apart: where rules differ, by rule. */
function toldColumns(sets: readonly SetView[]): View {
  const [lead] = sets as readonly [SetView];
  const columns = lead.columns.map(({ name, value }, at) => {
    const cases = sets.map(({ number, columns }) => ({ number, value: columns[at]!.value }));
    const differ = cases.some((each) => each.value !== value);
    return {
      name,
      value,
      renamed: flag(differ || name !== value),
      cases: differ ? cases : [],
    };
  });
  return { columns, made: columns.filter(({ renamed }) => renamed) };
}
