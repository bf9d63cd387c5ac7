import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { partsOf, selectionsIn, type Detector } from './subject.js';

/** Selections that nobody uses, and quantifiers that say less than they seem to. */
export function lintConditions({ document, conditions }: Detector): readonly Diagnostic[] {
  const used = new Set(conditions.flatMap(selectionsIn));
  const unused = document.selections.filter((selection) => !used.has(selection));
  return [
    ...unused.map(({ name, span }) => diagnostic('lint/unused-selection', span, { name })),
    ...document.conditions.flatMap(partsOf).flatMap((part) => {
      if (part.kind !== 'quantified' || part.pattern !== undefined) return [];
      const [only, ...others] = document.selections.filter(({ name }) => !name.startsWith('_'));
      if (others.length === 0)
        return [diagnostic('lint/them-is-one', part.span, { name: only!.name })];
      return part.quantifier === 'all' ? [diagnostic('lint/all-of-them', part.span, {})] : [];
    }),
  ];
}
