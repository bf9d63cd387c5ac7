import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backendIds, type BackendId } from '../../src/render/index.js';
import { vectors } from '../correlate/vectors.js';
import { cellOf, outcomeOf, type Outcome } from './outcome.js';

const page = new URL('matrix.md', import.meta.url);

/** Runs every vector in a language, and compares what they come to with its column of the matrix. */
export function testVectors(id: BackendId): void {
  const outcomes = new Map<string, Outcome[]>();

  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    `${id} says %s exactly, or refuses it`,
    async (_, vector) => {
      const cell = cellOf(vector);
      outcomes.set(cell, [...(outcomes.get(cell) ?? []), await outcomeOf(id, vector)]);
    },
  );

  test(`the matrix says what became of every vector in ${id}`, async () => {
    const column = new Map([...outcomes].map(([cell, found]) => [cell, counted(found)]));
    await expect(withColumn(readFileSync(page, 'utf8'), id, column)).toMatchFileSnapshot(
      page.pathname,
    );
  });
}

/** The page with one column anew. */
function withColumn(text: string, id: BackendId, column: ReadonlyMap<string, string>): string {
  const rows = new Map(
    [...text.matchAll(/^\| (\w+ \| \w+ \| [\w ]+?) \|(.*)\|$/gm)].map(([, cell, rest]) => [
      cell!,
      rest!.split('|').map((each) => each.trim()),
    ]),
  );
  rows.delete('type | window | condition');
  const at = backendIds.indexOf(id);
  const lines = [...new Set([...rows.keys(), ...column.keys()])].sort().map((cell) => {
    const cells = backendIds.map((_, place) => rows.get(cell)?.[place] ?? '');
    return `| ${cell} | ${cells.with(at, column.get(cell) ?? '').join(' | ')} |`;
  });
  return [
    '# What the vectors come to',
    '',
    'Generated: `npx vitest run test/correlations --no-file-parallelism -u`. Exempt are events of a class that the',
    'certificate leaves out; refused are conversions with an error that says why.',
    '',
    `| type | window | condition | ${backendIds.join(' | ')} |`,
    `|---|---|---|${backendIds.map(() => '---|').join('')}`,
    ...lines,
    '',
  ].join('\n');
}

function counted(found: readonly Outcome[]): string {
  return [...new Set(found)]
    .sort()
    .map((outcome) => `${found.filter((each) => each === outcome).length} ${outcome}`)
    .join(', ');
}
