import { expect, test } from 'vitest';
import { figures, ownCases, wordsOf, type Tried } from './constructs.js';
import * as kql from './kql/recorded.js';
import { run as runKql } from './kql/run.js';
import * as spl from './spl/recorded.js';
import { run as runSpl } from './spl/run.js';

/** What the reference of EQL has, and the clauses of Query DSL: their pages do not list them. */
const eql =
  'add between cidrMatch concat divide endsWith indexOf length modulo multiply number startsWith string stringContains subtract like regex sequence sample maxspan runs until head tail'.split(
    ' ',
  );
const dsl =
  'bool filter must should must_not minimum_should_match match_all match_none constant_score term terms prefix wildcard regexp range exists threshold'.split(
    ' ',
  );

const none: readonly Tried[] = [];
const present = kql.facts.length > 0 && spl.files.length > 0;

test.skipIf(!present)(
  'docs/dialects/figures.md says what the cases of each language give',
  async () => {
    const page = [
      '# Figures of the interpreters',
      '',
      'By construct: in how many cases that name it the interpreter gives the result that is known, refuses the query, or gives',
      'another. Recorded cases come from others (the Kusto emulator by duckdb-kql; Splunk’s documentation and open-splunk); a refusal',
      'that was recorded is right, and each difference has its reason in `test/dialects/spl/language-cases.test.ts`. Our own cases are',
      'tests, so that none differs; those of EQL, ES|QL and Query DSL have no others beside them. A query names several constructs and counts for',
      'each. Constructs are the words that the pages beside this one list. `npx vitest run test/dialects/figures.test.ts -u` writes this page.',
      '',
      ...section('KQL', wordsOf('kql.md', 'Run'), recordedKql(), 'kql'),
      ...section('SPL', wordsOf('spl.md', 'Run'), recordedSpl(), 'spl'),
      ...section('EQL', eql, none, 'eql'),
      ...section('ES|QL', wordsOf('elastic.md', 'ES|QL'), none, 'esql'),
      ...section('Query DSL', dsl, none, 'dsl'),
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../../docs/dialects/figures.md');
  },
);

function section(
  title: string,
  words: readonly string[],
  recorded: readonly Tried[],
  folder: string,
): readonly string[] {
  return [`## ${title}`, '', ...figures(words, recorded, ownCases(folder)), ''];
}

function verdict(holds: boolean, runs: boolean): Tried['verdict'] {
  return holds ? 'right' : runs ? 'differs' : 'refused';
}

function recordedKql(): readonly Tried[] {
  return kql.facts.map((fact) => {
    const query = kql.queryOf(fact);
    return { query, verdict: verdict(kql.holds(fact), runKql(query).ok) };
  });
}

function recordedSpl(): readonly Tried[] {
  return spl.files.flatMap(spl.casesOf).map((each) => {
    const query = each.spl ?? `| eval r=${each.expr!}`;
    const rows = each.events ?? (each.row ? [each.row] : []);
    return { query, verdict: verdict(spl.holds(each), runSpl(query, rows).ok) };
  });
}
