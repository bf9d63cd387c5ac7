import {
  cellOf,
  coverageOf,
  documentedShareOf,
  shareOf,
  type Column,
  type Coverage,
} from '../../src/cli/coverage.js';
import type { SourceFile } from '../../src/diagnostics/index.js';
import { describePipelines, type DescribedTarget } from '../../src/pipeline/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

const options = { vars: new Map(), unscoped: false, allow: [], maxQueries: 24 };

/** docs/coverage.md: what becomes of rules, and where every log source is kept. */
export function coverageDocument(
  sources: readonly SourceFile[],
  columns: readonly Column[],
): string {
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const coverage = coverageOf(rules, columns, options);
  return `# Coverage

Generated from \`rules/\` and the shipped pipelines (\`npx vitest run test/coverage -u\`). For rules of
your own: \`isosigma list pipelines --coverage PATHS\`.

## What becomes of the rules

\`12 3~ 1-\` is 12 converted on documented facts alone, 3 on named assumptions of the pipeline, and 1
refused. Every rule that is output counts once in every column; one with a placeholder counts as
refused where no pipeline has its values. *Without inferred facts* leaves out, of the converted, those on
\`inferred-target\` or \`inferred-field\`: the other assumptions are about the data, not about where they are.

${matrix(coverage)}
${notes(coverage)}
## Where log sources are kept

Tables, indices or sourcetypes, the preferred one first; \`~\` marks a place that is inferred. A log
source without a place is refused.

${places(columns)}`;
}

function matrix({ columns, rows, total }: Coverage): string {
  return table(
    ['log source', ...columns],
    [
      ...rows.map(({ logSource, tallies }) => [logSource, ...tallies.map(cellOf)]),
      ['**all**', ...total.map(cellOf)],
      ['**converted**', ...total.map(shareOf)],
      ['**without inferred facts**', ...total.map(documentedShareOf)],
    ],
  );
}

function notes({ columns, total }: Coverage): string {
  const lines = columns.flatMap((name, at) => [
    ...Object.entries(total[at]!.assumptions).map(([id, n]) => `- ${name}: ${n} on \`${id}\`\n`),
    ...Object.entries(total[at]!.reasons).map(([why, n]) => `- ${name}: ${n} refused, ${why}\n`),
  ]);
  return lines.join('');
}

function places(columns: readonly Column[]): string {
  const described = columns.map(({ name, destination }) => ({
    name,
    sources: new Map(
      describePipelines(destination.pipelines, new Map()).map(({ logSource, targets }) => [
        logSource,
        [...new Set(targets.map(placeOf))].join('; '),
      ]),
    ),
  }));
  // EQL and ES|QL have the same places.
  const shown = described.filter(({ name }) => name !== 'eql');
  const keys = [...new Set(shown.flatMap(({ sources }) => [...sources.keys()]))].sort();
  return table(
    ['product/category/service', ...shown.map(({ name }) => name)],
    keys.map((key) => [key, ...shown.map(({ sources }) => sources.get(key) ?? '')]),
  );
}

function placeOf({ target, assumptions }: DescribedTarget): string {
  return `${target}${assumptions.includes('inferred-target') ? '~' : ''}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [head, head.map(() => '---'), ...rows].map(line).join('');
}
