import fc from 'fast-check';
import type { Row } from '../../../src/dialects/index.js';
import { matcher } from '../../../src/evaluate/index.js';
import { backendIds, type BackendId } from '../../../src/render/index.js';
import { valueTest } from '../../../src/verify/classes.js';
import { converted } from '../converted.js';
import { ends, evilText, unseen } from '../evil.js';
import { found } from '../find.js';
import { bareText } from '../literals.js';
import { fault, type Part } from '../part.js';
import { plain } from '../plain.js';

interface Planted {
  readonly before: string;
  readonly after: string;
  readonly modifiers: string;
  readonly languages: readonly BackendId[];
  readonly shape: 'one' | 'list' | 'not' | 'keyword';
}

/** A word that no language has: where it stands outside quotes, its value has left its literal. */
const marker = 'zq7zq';

/** To run a query of KQL costs as much as fifty of the others. */
const quick = backendIds.filter((id) => id !== 'kql');

/** Values that try to leave their literals, in many forms of tests. */
export const values: Part<Planted> = {
  holds: 'The value stays in its literal, and the query finds the rows that the rule means.',
  first: unseen.flatMap((sign) =>
    ends.map((end): Planted => {
      const modifiers = '|contains';
      return { before: '', after: `${sign}${end}x`, modifiers, languages: quick, shape: 'one' };
    }),
  ),
  cases: () =>
    fc.record({
      before: fc.oneof(fc.constant(''), evilText),
      after: fc.oneof(fc.constant(''), evilText),
      modifiers: fc.constantFrom(
        ...['', '|contains', '|startswith', '|endswith', '|cased', '|contains|cased'],
        ...['|startswith|cased', '|endswith|cased', '|contains|windash', '|re', '|re|i'],
      ),
      languages: fc.constantFrom(quick, quick, quick, quick, backendIds),
      shape: fc.constantFrom('one', 'one', 'list', 'not', 'keyword'),
    }),
  judge: async (planted, watch) => {
    const value = planted.before + marker + planted.after;
    const rows = rowsFor(value);
    for (const id of planted.languages) {
      const conversion = await converted(ruleOf(planted, value), await plain(id), watch);
      if (conversion?.made.mapped.kind !== 'detection') continue;
      const { mapped, plan } = conversion.made;
      const isIn = valueTest(plan.certificate.classes);
      const some = rows.filter((row) => ['f', 'g', '_raw'].every((name) => isIn(row[name])));
      const [query = ''] = conversion.queries;
      if (bareText(id, query).toLowerCase().includes(marker)) {
        throw fault('broke out', `${id}: the value is outside quotes\n${query}`);
      }
      const expected = some.map(matcher(mapped.predicate));
      const hits = found(id, query, some);
      const at = hits.findIndex((hit, at) => hit !== expected[at]);
      if (at >= 0) {
        const word = hits[at] ? 'finds' : 'does not find';
        throw fault('broke out', `${id} ${word} ${JSON.stringify(some[at])}\n${query}`);
      }
    }
  },
};

/** Rows with the value, with more and less than it, in another field, and without it. */
function rowsFor(value: string): readonly Row[] {
  return [
    ...[
      value,
      `x${value}`,
      `${value}x`,
      `x${value}x`,
      value.slice(1),
      value.slice(0, -1),
      'x',
      marker,
    ],
  ].flatMap((text) => [
    { f: text, g: 'x', _raw: text },
    { f: 'x', g: text, _raw: 'x' },
    { g: text, _raw: 'x' },
  ]);
}

function ruleOf({ modifiers, shape }: Planted, value: string): string {
  const isRegex = modifiers.startsWith('|re');
  const special = isRegex ? /[\\^$.|?*+()[\]{}]/g : /[\\*?]/g;
  const literal = value.replace(special, (sign) => `\\${sign}`);
  const s =
    shape === 'keyword' && !isRegex
      ? [literal]
      : { [`f${modifiers}`]: shape === 'list' ? [literal, 'other', `g${literal}`] : literal };
  return JSON.stringify({
    title: `Planted ${value}`,
    logsource: { category: 'test' },
    detection: { s, condition: shape === 'not' ? 'not s' : 's' },
  });
}
