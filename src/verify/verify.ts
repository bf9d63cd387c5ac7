import type { Claim, Verdict, VerifyOptions } from './claim.js';
import { verifyDetection } from './detection.js';
import { languageOf } from './language.js';

/**
 * Judges a conversion: runs its queries over events made to break them, and compares with what the
 * rule says of the same events. A refused rule promises nothing, and so is not wrong. Correlations,
 * and queries that read a second table, are not judged yet: undefined.
 */
export function verify(claim: Claim, options: VerifyOptions): Verdict | undefined {
  const { made, destination } = claim;
  const { id } = destination.backend.manifest;
  if (!made) return { verdict: 'refused', mapping: 'unchecked', cases: 0 };
  if (!languageOf(id) || !options.interpreters[id]) {
    throw new Error(`no interpreter runs the queries of ${id}`);
  }
  const { meaning, mapped, plan } = made;
  if (meaning.kind === 'detection' && mapped.kind === 'detection') {
    if (claim.queries.some((query) => /\(\(\w+\s*\|/.test(query))) return undefined;
    return verifyDetection(claim, { meaning, mapped }, plan.certificate.classes, options);
  }
  return undefined;
}
