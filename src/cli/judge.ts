import type { BuildOptions } from '../build-pack.js';
import { andThen, success, type Outcome } from '../diagnostics/index.js';
import type { PackFile, Verification } from '../pack/index.js';
import { verify } from '../verify/index.js';
import { interpretersOf } from './interpreters.js';

/** What a build verifies with: what `verify` takes by default, on the day of the pack. */
export function verificationOf({ date = '2026-01-01' }: PackFile): Verification {
  return { runs: 20, seed: 1, now: Date.parse(date) };
}

/**
 * Runs the queries of conversions beside their rules.
 *
 * Errors: `kql/parser-missing`.
 */
export async function judgeFor(
  backends: readonly string[],
  verification: Verification,
): Promise<Outcome<NonNullable<BuildOptions['judge']>>> {
  return andThen(await interpretersOf(backends), (interpreters) =>
    success((conversion, { vars }) => {
      const found = verify(conversion, { ...verification, interpreters, vars });
      return { verdict: found.verdict, mapping: found.mapping, cases: found.cases };
    }),
  );
}
