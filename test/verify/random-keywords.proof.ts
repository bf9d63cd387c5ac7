import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convertRule, type Destination } from '../../src/convert.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

// Rules of keywords made by chance, over events made by chance: whatever a backend does not refuse is equal.

const pieces = [
  'a',
  'B',
  'ab',
  '7',
  'true',
  ' ',
  '=',
  '"',
  "'",
  '\\',
  '|',
  '{',
  '%',
  '_',
  '.',
  '\n',
  'é',
];
const wild = ['*', '?', '\\*', '\\?', '\\\\'];

const words = (from: readonly string[]) =>
  fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));

const keyword = fc.oneof(
  { weight: 5, arbitrary: words([...pieces, ...wild]) },
  { weight: 1, arbitrary: fc.constantFrom<string | number | boolean>(7, 4625, true) },
);
const texts = fc.array(words([...pieces, ...wild]), { minLength: 1, maxLength: 3 });
const keywords = fc.array(keyword, { minLength: 1, maxLength: 3 });
const regexes = fc.constantFrom(
  '^a',
  'b$',
  'a.b',
  '[ab]+7',
  '\\\\|"',
  'a|é',
  '(?i)ab',
  '^a.*\\.$',
  'x?',
);

const selection = fc.oneof(
  keywords,
  fc
    .tuple(fc.constantFrom('|all', '|contains|all', '|cased', '|startswith', '|endswith'), texts)
    .map(([modifier, list]) => ({ [modifier]: list })),
  fc
    .tuple(
      fc.constantFrom('|re', '|re|all', '|re|i', '|re|s'),
      fc.array(regexes, { minLength: 1, maxLength: 2 }),
    )
    .map(([modifier, list]) => ({ [modifier]: list })),
);

const rule = fc.record({
  logsource: fc.constantFrom(
    { product: 'windows', service: 'application' },
    { product: 'linux', service: 'syslog' },
    { product: 'linux', service: 'auditd' },
    { category: 'application', product: 'python' },
  ),
  detection: fc
    .tuple(
      selection,
      selection,
      fc.constantFrom(
        's1',
        'not s1',
        's1 and s2',
        's1 or not s2',
        '1 of s*',
        'all of s*',
        's1 and f',
        'f and not s1',
      ),
    )
    .map(([s1, s2, condition]) => ({
      s1,
      ...(/s2|s\*/.test(condition) && { s2 }),
      ...(condition.includes('f') && { f: { EventID: 7 } }),
      condition,
    })),
});

const events = fc.array(
  fc.record({ _raw: words(pieces), EventID: fc.constantFrom(7, 8) }, { requiredKeys: ['_raw'] }),
  { minLength: 1, maxLength: 6 },
);

async function destination(id: BackendId, names: readonly string[] = []): Promise<Destination> {
  const backend = await backendOf(id);
  const wanted = names.length > 0 ? names : backend.manifest.pipelines;
  const pipelines = await Promise.all(wanted.map((name) => loadPipeline(name, id)));
  return { backend, pipelines: pipelines.flatMap((each) => each ?? []) };
}

function converted(made: object, to: Destination) {
  const text = JSON.stringify({ title: 'Keywords', ...made });
  const [read] = resolve(parse([{ name: 'rule.yml', text }]));
  return convertRule(read!, to, convertOptions);
}

// What holds the text in ECS is analysed, and so nothing that EQL and Query DSL could search exactly.
const least = { kql: 20, spl: 60, esql: 60, eql: 0, dsl: 0 };

test.each(backendIds)('%s: keywords by chance are equal or refused', async (id) => {
  const to = await destination(id);
  let judged = 0;
  fc.assert(
    fc.property(rule, events, (made, recorded) => {
      const conversion = converted(made, to);
      if (!conversion.made) {
        expect(conversion.diagnostics.map(({ code }) => code).join()).toMatch(
          /^(plan|pipeline|regex|lint|lower)\//,
        );
        return;
      }
      judged++;
      const { verdict, mapping, counterexample } = verify(conversion, {
        ...options,
        runs: 8,
        events: recorded,
      });
      const about = `${JSON.stringify(made)}\n${conversion.queries.join('\n')}`;
      // Syslog tells records of auditd by a sign (`msg=audit(`) that texts by chance do not have.
      const isUnchecked = id === 'kql' && made.logsource.service === 'auditd';
      expect({ verdict, mapping, counterexample }, about).toEqual({
        verdict: 'equal',
        mapping: isUnchecked ? 'unchecked' : 'equal',
      });
    }),
    // ES|QL has no text of auditd to search: more runs, so that as many are judged.
    { numRuns: id === 'kql' ? 40 : 150, seed: 17 },
  );
  expect(judged).toBeGreaterThanOrEqual(least[id]);
  if (least[id] === 0) expect(judged).toBe(0);
});

test.each(backendIds.filter((id) => id !== 'spl'))(
  '%s refuses keywords where nobody says which fields hold the text',
  async (id) => {
    const to = await destination(id, ['plain']);
    fc.assert(
      fc.property(rule, (made) => {
        const { queries, diagnostics } = converted(made, to);
        expect(queries).toEqual([]);
        expect(diagnostics.map(({ code }) => code)).toContain('plan/keyword-without-fields');
      }),
      { numRuns: 40, seed: 5 },
    );
  },
);
