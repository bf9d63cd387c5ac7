import { hasErrors } from '../../src/diagnostics/index.js';
import type { Row } from '../../src/dialects/index.js';
import type { BackendId } from '../../src/render/index.js';
import { interpreters } from '../verify/subjects.js';
import { fault } from './part.js';

export const timeFields: Readonly<Record<BackendId, string>> = {
  kql: 'TimeGenerated',
  spl: '_time',
  eql: '@timestamp',
  esql: '@timestamp',
  dsl: '@timestamp',
};

const row = 'fuzz_row';

/** Which of the rows a query finds; one that does not run has a value of it broken. */
export function found(id: BackendId, query: string, rows: readonly Row[]): readonly boolean[] {
  const [text, time] = id === 'kql' ? ['string', 'datetime'] : ['keyword', 'date'];
  const columns = Object.fromEntries(
    rows.flatMap((each) => Object.keys(each)).map((name) => [name, text]),
  );
  const at = timeFields[id];
  const result = interpreters[id]({
    query: { name: 'query', text: query },
    datasets: [
      {
        name: '*',
        rows: rows.map((each, index) => ({
          index: 'main',
          ...each,
          [at]: 1_767_225_600_000,
          [row]: String(index),
        })),
        types: { ...columns, [at]: time, [row]: text },
      },
    ],
    now: 1_767_225_600_000,
    timeField: at,
  });
  if (!result.ok || hasErrors(result.diagnostics)) {
    throw fault('broke out', `${id} does not run: ${result.diagnostics[0]!.message}\n${query}`);
  }
  const { value } = result;
  const hits =
    value.kind === 'events'
      ? value.events
      : value.kind === 'sequences'
        ? value.sequences.flatMap(({ events }) => events)
        : value.rows.map((cells) =>
            Number(cells[value.columns.findIndex(({ name }) => name === row)]),
          );
  return rows.map((_, index) => hits.includes(index));
}
