import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import type { ResolvedRule } from '../syntax/index.js';
import { own } from './attack-facts.js';
import type { Attack } from './attack.js';

/** Tags that the bundle does not know, or knows as revoked or deprecated. */
export function attackProblems(
  rules: readonly ResolvedRule[],
  attack: Attack,
): readonly Diagnostic[] {
  return rules.flatMap(({ document }) =>
    document.kind === 'broken'
      ? []
      : document.header.tags.flatMap(({ value, span }) => {
          const id = /^attack\.([tsgc]\d{4}(?:\.\d{3})?)$/.exec(value)?.[1]?.toUpperCase();
          if (id === undefined) return [];
          const known = id.startsWith('T') ? own(attack.techniques, id) : own(attack.software, id);
          if (!known)
            return [diagnostic('pack/attack-unknown', span, { id, version: attack.version })];
          if (known.status === undefined) return [];
          return [
            diagnostic(
              'pack/attack-revoked',
              span,
              { id, status: known.status },
              known.replacement === undefined
                ? {}
                : { help: `attack.${known.replacement.toLowerCase()}` },
            ),
          ];
        }),
  );
}
