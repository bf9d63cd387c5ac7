import type { CorrelationRule } from '../ir/index.js';
import type { Claim } from './claim.js';

/**
 * The claim that a query of somebody else means what the rule means. Of a correlation it has to show
 * the keys that alert.
 */
export function against<Of extends Claim>(claim: Of, query: string): Of {
  const { made } = claim;
  if (!made) return claim;
  const { mapped, plan } = made;
  const names = mapped.kind === 'correlation' ? keysOf(mapped) : [];
  const columns = mapped.kind === 'correlation' && {
    keys: plan.columns?.keys ?? names,
    level: 'key' as const,
    shown: [],
  };
  return {
    ...claim,
    queries: [query],
    foreign: { keys: names },
    made: { ...made, plan: { ...plan, ...(columns && { columns }) } },
  };
}

/** An alias by itself, and any other key as the target calls it. */
function keysOf({ bases, groupBy, aliases }: CorrelationRule): readonly string[] {
  return groupBy.map((name, at) => (aliases.has(name) ? name : (bases[0]?.keys[at]?.name ?? name)));
}
