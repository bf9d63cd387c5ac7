import {
  diagnostic,
  failure,
  shortlist,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import type { DetectionRule } from '../ir/index.js';
import type { LogSource } from '../syntax/index.js';
import type { Home } from './map-target.js';
import { describeLogSource } from './describe-log-source.js';

type Refusal = readonly Diagnostic[];

/**
 * What the first home that rests on documented facts only gives, else the first that gives anything; where none
 * does, why each of them refuses.
 */
export function bestHome<Mapped extends { readonly rule: DetectionRule }>(
  logSource: LogSource,
  homes: readonly Home[],
  map: (home: Home) => Outcome<Mapped>,
): Outcome<Mapped> {
  const refusals: Refusal[] = [];
  let first: Outcome<Mapped> | undefined;
  for (const home of homes) {
    const mapped = map(home);
    if (!mapped.ok) refusals.push(mapped.diagnostics);
    else if (!isInferred(mapped.value.rule)) return mapped;
    else first ??= mapped;
  }
  return first ?? refused(logSource, refusals);
}

function isInferred({ target }: DetectionRule): boolean {
  return target?.assumptions.some((id) => id.startsWith('inferred-')) ?? false;
}

function refused(logSource: LogSource, refusals: readonly Refusal[]): Outcome<never> {
  const [first, ...others] = refusals.map(told);
  if (others.every((other) => other === first)) return { ok: false, diagnostics: refusals[0]! };
  const summary = diagnostic(
    'pipeline/no-target',
    logSource.span,
    { logsource: describeLogSource(logSource) },
    {
      related: refusals.flatMap((each) =>
        shortlist(each).flatMap(({ message, span }) => (span ? [{ message, span }] : [])),
      ),
      ...helpOf(refusals.flat()),
    },
  );
  return failure(summary);
}

/** What a refusal says, to see whether all say the same. */
function told(refusal: Refusal): string {
  return JSON.stringify(refusal.map(({ code, message }) => [code, message]));
}

function helpOf(refusals: readonly Diagnostic[]): { readonly help?: string } {
  const help = refusals.find((each) => each.help !== undefined)?.help;
  return help === undefined ? {} : { help };
}
