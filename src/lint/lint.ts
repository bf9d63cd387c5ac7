import type { Diagnostic } from '../diagnostics/index.js';
import type { ResolvedRule } from '../syntax/index.js';
import { lintCommandLines } from './command-line.js';
import { lintConditions } from './conditions.js';
import { lintCorrelation } from './correlation.js';
import { lintFileNames } from './file-name.js';
import { lintFilter } from './filter.js';
import { lintIdentifier, lintUniqueness } from './identity.js';
import { lintMetadata } from './metadata.js';
import { detectorsOf, type LintedDocument } from './subject.js';
import { lintTags } from './tags.js';
import { lintValues } from './values.js';

const documentLints = [lintIdentifier, lintMetadata, lintTags];
const detectorLints = [lintConditions, lintFilter, lintValues, lintCommandLines];

/**
 * What is allowed and yet doubtful in rules, in the order of the files. Warnings and infos only;
 * broken rules are left out, for they have errors to be mended first.
 */
export function lint(rules: readonly ResolvedRule[]): readonly Diagnostic[] {
  const detectors = detectorsOf(rules);
  const correlations = rules.filter((rule) => rule.kind === 'correlation');
  const documents: readonly LintedDocument[] = [...detectors, ...correlations].map(
    ({ document }) => document,
  );
  return inOrder([
    ...documents.flatMap((document) => documentLints.flatMap((each) => each(document))),
    ...detectors.flatMap((detector) => detectorLints.flatMap((each) => each(detector))),
    ...correlations.flatMap(lintCorrelation),
    ...lintUniqueness(documents),
    ...lintFileNames(documents),
  ]);
}

/** By file, as they first came, then by place. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ span }) => span?.source))];
  const rank = new Map(files.map((file, index) => [file, index]));
  return diagnostics.toSorted(
    (left, right) =>
      rank.get(left.span?.source)! - rank.get(right.span?.source)! ||
      (left.span?.start ?? 0) - (right.span?.start ?? 0),
  );
}
