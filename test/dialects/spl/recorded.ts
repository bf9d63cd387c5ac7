import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { Json, Row } from '../../../src/dialects/contract.js';
import { codesOf, recordsOf, run } from './run.js';

const others = process.env['ISOSIGMA_LANGUAGE_CASES'] ?? '../shared/language-cases';

export interface LanguageCase {
  readonly id: string;
  readonly spl?: string;
  readonly expr?: string;
  readonly row?: Row;
  readonly events?: readonly Row[];
  readonly expect: {
    readonly value?: Json;
    readonly boolean?: boolean | null;
    readonly count?: number;
    readonly ids?: readonly Json[];
    readonly id_field?: string;
    readonly rows?: readonly Row[];
    readonly ordered?: boolean;
    readonly diagnostic?: string;
    readonly parse?: 'accept' | 'reject';
  };
}

/** A few cases of ours, in the form in which others recorded theirs. */
export const ownFiles = filesIn('test/dialects/recorded');

/** Files of queries, events and results that others recorded, where they are at hand. */
export const files = filesIn(others);

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith('spl-'));
  return names.map((name) => `${folder}/${name}`);
}

export function casesOf(file: string): readonly LanguageCase[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LanguageCase);
}

/** Whether the interpreter gives what was recorded, a refusal among it. */
export function holds(each: LanguageCase): boolean {
  if (each.expr !== undefined) return expressionHolds(each, each.expr);
  const wanted = each.expect;
  const outcome = run(each.spl!, each.events ?? []);
  if (!each.events) {
    return outcome.ok === (wanted.diagnostic === undefined && wanted.parse !== 'reject');
  }
  if (!outcome.ok) return codesOf(outcome).length === 0;
  const rows = recordsOf(outcome);
  if (wanted.count !== undefined) {
    const counted = each.spl!.endsWith('stats count') ? rows[0]?.get('count') : rows.length;
    return counted === wanted.count;
  }
  if (wanted.ids) {
    return sameText(
      rows.map((row) => row.get(wanted.id_field!)),
      wanted.ids,
    );
  }
  const expected = wanted.rows!;
  const names = [...new Set(expected.flatMap(Object.keys))];
  const given = rows.map((row) => names.map((name) => row.get(name) ?? null));
  const sought = expected.map((row) => names.map((name) => row[name] ?? null));
  const ordered = (table: readonly (readonly Json[])[]) =>
    wanted.ordered ? table : table.toSorted((a, b) => (texts(a) < texts(b) ? -1 : 1));
  return sameText(ordered(given), ordered(sought));
}

function expressionHolds({ row, expect: wanted }: LanguageCase, expression: string): boolean {
  const isCondition = 'boolean' in wanted;
  const value = isCondition
    ? `case(${expression},"true",NOT (${expression}),"false",true(),"null")`
    : expression;
  const outcome = run(`| eval r=${value} | table r`, [row!]);
  if (!outcome.ok) return false;
  const given = recordsOf(outcome)[0]?.get('r') ?? null;
  return isCondition ? given === String(wanted.boolean) : texts(given) === texts(wanted.value);
}

/** Numbers and texts of the same look are the same. */
function texts(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' || typeof each === 'boolean' ? String(each) : each,
  );
}

function sameText(given: unknown, wanted: unknown): boolean {
  return texts(given) === texts(wanted);
}
