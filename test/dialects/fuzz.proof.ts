import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Row, RunInput, RunResult } from '../../src/dialects/index.js';
import { runDsl } from '../../src/dialects/dsl/index.js';
import { runEql } from '../../src/dialects/eql/index.js';
import { runEsql } from '../../src/dialects/esql/index.js';
import { runKql } from '../../src/dialects/kql/index.js';
import { runSpl } from '../../src/dialects/spl/index.js';
import type { Outcome } from '../../src/diagnostics/index.js';
import { loadKusto } from '../../src/node/kusto.js';

// Whatever a query holds, it runs, or is refused at a place of its own text: never an exception, never
// a hang. What is drawn are pieces of the language in any order, so that most go deep before they fail.

const kusto = await loadKusto();

interface Language {
  readonly run: (input: RunInput) => Outcome<RunResult>;
  /** How queries begin, so that not all fail at their first word. */
  readonly starts: readonly string[];
  readonly pieces: readonly string[];
  readonly numRuns: number;
}

const common = [
  ...'( ) [ ] { } , ; . | = == != < > <= >= + - * / % " \' ` \\ ? : $ # @ ~ é 0 1 -1 1.5 007'.split(
    ' ',
  ),
  ...['\u0000', '\n', '"x"', '"*"', '"a\\"b"', '"(a+)+$"', '"["', "'x'", 'a', 'n', 'b', 'nosuch'],
  ...['and', 'or', 'not', 'in', 'by', 'like', 'null', 'true', 'count', '9999999999999999999999'],
  ...['"2026-01-01T00:00:00Z"', '__proto__', 'constructor', '/*', '//', '5m', 'now()'],
];

const languages: Readonly<Record<string, Language>> = {
  kql: {
    run: (input) => {
      if (!kusto.ok) throw new Error(kusto.diagnostics[0]!.message);
      return runKql(input, kusto.value);
    },
    starts: ['T | where', 'T | extend x =', 'T | summarize', 'print', 'let f =', 'T |'],
    pieces: [
      ...['where', 'summarize', 'extend', 'project', 'join kind=inner (T) on a', 'sort by a asc'],
      ...['matches regex', 'has', 'contains', '=~', 'in~', 'between', '..', 'prev(a)', 'strcat('],
      ...['dynamic({"a":1})', 'datetime(2026-01-01)', 'bin(', 'mv-expand', 'scan', 'range(', 'T'],
      ...['make_set(', 'percentile(n, 50)', 'parse_json(', '@"', 'h"', '```', 'invoke', 'union'],
    ],
    numRuns: 400,
  },
  spl: {
    run: runSpl,
    starts: ['a=*', '', '| makeresults', 'a=* | where', 'a=* | eval x=', 'a=* | stats', 'a=* |'],
    pieces: [
      ...[
        '| where',
        '| eval x=',
        '| stats',
        '| streamstats',
        '| rex',
        '| regex',
        '| bin',
        '| sort',
      ],
      ...['AND', 'OR', 'NOT', 'IN', 'AS', 'match(a,', 'if(', 'coalesce(', 'mvexpand a', 'span=5m'],
      ...[
        'a="x*"',
        'window=3',
        'dc(a)',
        'values(a)',
        'TERM(',
        'CASE(',
        'field=a',
        '`m`',
        '[search',
      ],
      ...['"(?<x>a+)+$"', 'strptime(a, "%Y")', 'multisearch', '| dedup a', '| tstats', '_time'],
    ],
    numRuns: 3000,
  },
  eql: {
    run: runEql,
    starts: [
      'any where',
      'process where',
      'sequence by a',
      'sequence',
      'sample by a',
      'any where a',
    ],
    pieces: [
      ...[
        '[any where true]',
        '![any where a == 1]',
        'with runs=3',
        'with maxspan=5m',
        'until',
        '|',
      ],
      ...['regex', 'regex~', 'like~', ':', '?a', '"""', 'head 1', 'tail', 'wildcard(', 'length(a)'],
      ...['concat(a,', 'cidrMatch(a,', 'string(', 'substring(a, -1)', '`a`', '!', 'where', 'any'],
    ],
    numRuns: 3000,
  },
  dsl: {
    run: runDsl,
    starts: [
      '{"query":',
      '{"query": {"bool":',
      '{"query": {"term":',
      '{"query": {"range": {"n":',
      '{',
    ],
    pieces: [
      ...['{"match_all": {}}', '{"a": "x"}', '{"n": 1}', '"bool":', '"must_not": [', '"should":'],
      ...['"minimum_should_match": 1', '{"regexp": {"a": "(a+)+"}}', '{"exists": {"field": "a"}}'],
      ...[
        '{"terms": {"a": ["x"]}}',
        '{"gte": "now-1d/d"}',
        '}}',
        '}',
        '"threshold":',
        '"value": 1',
      ],
      ...['"field": ["a"]', 'null', 'true', '"case_insensitive": true', '{"wildcard": {"a": "*"}}'],
    ],
    numRuns: 3000,
  },
  esql: {
    run: runEsql,
    starts: ['FROM t', 'ROW a = 1', 'FROM t | WHERE', 'FROM t | EVAL x =', 'FROM t | STATS'],
    pieces: [
      ...[
        '| WHERE',
        '| EVAL x =',
        '| STATS',
        '| MV_EXPAND a',
        '| DISSECT a',
        '| SORT a',
        '| LIMIT 1',
      ],
      ...[
        'IS NULL',
        'IS NOT NULL',
        'RLIKE',
        'LIKE',
        'BY',
        '::long',
        '::date',
        'TO_STRING(',
        'CASE(',
      ],
      ...[
        'COUNT_DISTINCT(',
        'VALUES(a)',
        '| INLINESTATS',
        '"%{x} %{y}"',
        '"""',
        '| KEEP',
        '| DROP *',
      ],
      ...['MV_COUNT(', 'DATE_TRUNC(5 minutes,', '?p', 'METADATA _id', '| RENAME a AS b', 'DESC'],
    ],
    numRuns: 3000,
  },
};

const rows: readonly Row[] = [
  { a: `${'a'.repeat(30)}!`, n: 1, b: true },
  { a: 'x', n: null, b: ['p', 'q'] },
  {},
].map((row, at) => ({ ...row, TimeGenerated: 1_767_225_600_000 + at }));

test.each(Object.entries(languages))(
  '%s: pieces of the language in any order run, or fail at a place of the query',
  (_, { run, starts, pieces, numRuns }) => {
    const piece = fc.constantFrom(...common, ...pieces);
    const text = fc
      .tuple(fc.constantFrom(...starts), fc.array(piece, { maxLength: 12 }))
      .map(([start, rest]) => [start, ...rest].join(' '));
    fc.assert(
      fc.property(text, (text) => {
        const query = { name: 'query', text };
        const datasets = [{ name: '*', rows }];
        const result = run({ query, datasets, now: 0, timeField: 'TimeGenerated' });
        const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
        expect(errors.length > 0).toBe(!result.ok);
        for (const { span, message } of errors) {
          expect(message).not.toContain('undefined');
          expect(span?.source).toBe(query);
          expect(span!.start).toBeLessThanOrEqual(span!.end);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns },
    );
  },
);
