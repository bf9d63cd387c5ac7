import { existsSync, readFileSync } from 'node:fs';
import { problemsOf, rowsOf } from './run.js';

const others = process.env['ISOSIGMA_LANGUAGE_CASES'] ?? '../shared/language-cases';

export interface Fact {
  readonly expr: string;
  readonly input: string | null;
  readonly expected: unknown;
}

/** A few of ours, in the form in which others recorded theirs. */
export const ownFacts = factsIn('test/dialects/recorded');

/** Expressions and results that others recorded from the Kusto emulator, where they are at hand. */
export const facts = factsIn(others);

function factsIn(folder: string): readonly Fact[] {
  const file = `${folder}/kql-facts.jsonl`;
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Fact);
}

export function queryOf({ expr, input }: Fact): string {
  return input === null ? `print r = ${expr}` : `${input} | project r = ${expr}`;
}

/** Whether the interpreter gives what was recorded, a refusal among it. */
export function holds(fact: Fact): boolean {
  const { expected } = fact;
  const query = queryOf(fact);
  if (typeof expected === 'string' && expected.startsWith('ERROR'))
    return problemsOf(query).length > 0;
  return JSON.stringify(rowsOf(query)) === JSON.stringify([[expected]]);
}
