import type { Predicate, Target } from '../../src/ir/index.js';
import { certificateText, plan, type PlanOptions } from '../../src/plan/index.js';
import { render, type BackendId } from '../../src/render/index.js';
import { backendOf } from './backend.js';
import { rule } from './ir.js';

export interface Planned {
  /** The only query, or nothing if the rule was refused. */
  readonly query: string;
  readonly certificate: string;
  readonly assumptions: readonly string[];
  readonly messages: readonly string[];
}

/** What a backend makes of a predicate. */
export async function planned(
  predicate: Predicate,
  id: BackendId,
  target: Partial<Target> = {},
  options: PlanOptions = { allow: [], maxQueries: 24 },
): Promise<Planned> {
  const backend = await backendOf(id);
  const outcome = plan(rule(predicate, target), backend, options);
  const messages = outcome.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  if (!outcome.ok) return { query: '', certificate: '', assumptions: [], messages };
  const { certificate, assumptions } = outcome.value;
  const rendered = render(outcome.value, backend);
  if (!rendered.ok) throw new Error(rendered.diagnostics.map(({ message }) => message).join('\n'));
  const [query] = rendered.value;
  return { query: query!, certificate: certificateText(certificate), assumptions, messages };
}

/** The condition alone, without the table that it is asked of. */
export async function condition(
  predicate: Predicate,
  id: BackendId,
  target: Partial<Target> = {},
): Promise<string> {
  const { query, messages } = await planned(predicate, id, target);
  if (query === '') return messages.join('\n');
  return query
    .replace(/^Events\n\| where /, '')
    .replace(/^FROM Events METADATA _id, _index, _version\n\| WHERE /, '')
    .replace(/^any where /, '')
    .replace(/^\{\n  "query":\n    ([^]*)\n\}$/, '$1');
}
