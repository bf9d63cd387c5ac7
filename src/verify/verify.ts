import type { Claim, Verdict, VerifyOptions } from './claim.js';
import { verifyCorrelation } from './correlation.js';
import { verifyDetection } from './detection.js';
import { languageOf } from './language.js';

/**
 * Judges a conversion: runs its queries over events made to break them, and compares with what the
 * rule says of the same events. A refused rule promises nothing, and so is not wrong.
 */
export function verify(claim: Claim, options: VerifyOptions): Verdict {
  const { made, destination } = claim;
  const { id } = destination.backend.manifest;
  if (!made) return { verdict: 'refused', mapping: 'unchecked', cases: 0 };
  if (!languageOf(id) || !options.interpreters[id]) {
    throw new Error(`no interpreter runs the queries of ${id}`);
  }
  const { meaning, mapped, plan } = made;
  if (meaning.kind === 'detection' && mapped.kind === 'detection') {
    return verifyDetection(claim, { meaning, mapped }, plan.certificate.classes, options);
  }
  if (meaning.kind === 'correlation' && mapped.kind === 'correlation') {
    return verifyCorrelation(claim, { meaning, mapped }, plan, options);
  }
  throw new Error('a rule changed its kind on the way');
}
