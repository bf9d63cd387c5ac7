import fc from 'fast-check';
import { backendIds, type BackendId } from '../../../src/render/index.js';
import { converted } from '../converted.js';
import { ends, evilText, signs, unseen } from '../evil.js';
import { found, timeFields } from '../find.js';
import { fault, type Part } from '../part.js';
import { plain } from '../plain.js';

interface Named {
  readonly name: string;
  /** What the pipeline puts around the name. */
  readonly before: string;
  readonly after: string;
  readonly modifiers: string;
  readonly languages: readonly BackendId[];
}

const value = 'zq7zq';

/** To run a query of KQL costs as much as fifty of the others. */
const quick = backendIds.filter((id) => id !== 'kql');

/** Names of fields that try to become others. */
export const names: Part<Named> = {
  holds: 'The query asks for the field of just this name, behind what the pipeline puts before it.',
  first: [...ends, ...unseen, ...signs].map((sign) => {
    const name = `a${sign}x`;
    return { name, before: 'b.', after: '', modifiers: '', languages: quick };
  }),
  cases: () =>
    fc.record({
      name: fc.tuple(evilText, fc.constantFrom('', 'x')).map((parts) => parts.join('')),
      before: fc.constantFrom('', 'winlog.event_data.', 'a_'),
      after: fc.constantFrom('', '', '_z'),
      languages: fc.constantFrom(quick, quick, quick, quick, backendIds),
      modifiers: fc.constantFrom('', '|contains', '|startswith|cased', '|re', '|exists'),
    }),
  judge: async ({ name, before, after, modifiers, languages }, watch) => {
    // What stands behind a bar is a modifier, and a map without a name is of keywords.
    if (name === '' || name.includes('|')) return;
    const column = before + name + after;
    const rows = [
      { [column]: value },
      { [`${column}x`]: value },
      { [`${before}y`]: value },
      {},
    ].map((row) => ({ _raw: '', ...row }));
    const text = JSON.stringify({
      title: 'Named',
      logsource: { category: 'test' },
      detection: {
        s: { [name + modifiers]: modifiers === '|exists' ? true : value },
        condition: 's',
      },
    });
    for (const id of languages) {
      const own = [timeFields[id], '_raw', 'index', 'fuzz_row', ''];
      // Microsoft's parser knows no column of this name, as its tables are objects of JavaScript.
      if (id === 'kql') own.push('__proto__');
      if (own.includes(column) || own.includes(name)) continue;
      const conversion = await converted(text, await plain(id, `${before}{field}${after}`), watch);
      if (!conversion) continue;
      const [query = ''] = conversion.queries;
      const hits = found(id, query, rows);
      if (hits.join() !== 'true,false,false,false') {
        throw fault('name changed', `${id} does not ask for ${JSON.stringify(column)}\n${query}`);
      }
    }
  },
};
