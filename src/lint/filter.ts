import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { partsOf, type Detector } from './subject.js';

/** A filter without `not` keeps what it was probably meant to remove. */
export function lintFilter({ document }: Detector): readonly Diagnostic[] {
  if (document.kind !== 'filter') return [];
  return document.conditions.flatMap((condition) =>
    partsOf(condition).some(({ kind }) => kind === 'not')
      ? []
      : [
          diagnostic(
            'lint/filter-keeps',
            condition.span,
            {},
            {
              help: "an event that the rule matches and this filter's selection does not is dropped; to suppress what the selection matches, write 'not'",
            },
          ),
        ],
  );
}
