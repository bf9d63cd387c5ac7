import { diagnostic, didYouMean } from '../../diagnostics/index.js';
import type {
  Bound,
  ComparisonOperator,
  CorrelationDocument,
  CorrelationType,
  Text,
} from '../ast.js';
import { entryOf, type Yaml, type YamlEntry, type YamlMap } from '../yaml/tree.js';
import { parseCondition } from './condition.js';
import { map, required, text, texts, wrongType, type Report } from './read.js';

const operators: readonly ComparisonOperator[] = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'];

type Part = Pick<CorrelationDocument, 'bounds' | 'extended' | 'fields' | 'percentile'>;

const nothing: Part = { bounds: [], fields: [] };

/**
 * `correlation.condition`: bounds, of which all must hold, with the field that values are taken
 * from; or, for the temporal types, a condition over the rules (Sigma's draft 2.2).
 */
export function readCorrelationCondition(
  correlation: YamlMap,
  type: CorrelationType,
  owner: Text,
  report: Report,
): Part {
  const isTemporal = type === 'temporal' || type === 'temporal_ordered';
  const entry = entryOf(correlation, 'condition');
  if (!entry) {
    if (!isTemporal) required(correlation, 'condition', owner.span, report);
    return nothing;
  }
  if (entry.value.kind === 'scalar' && isTemporal) return readExtended(entry.value, report);
  const part = map(entry.value, 'condition', report);
  if (!part) return nothing;
  const bounds = readBounds(part, report);
  if (bounds.length === 0 && !part.entries.some(({ key }) => isOperator(key.value))) {
    report(diagnostic('correlation/no-bound', entry.key.span, {}));
  }
  return { bounds, ...readFields(part, type, entry.key, report) };
}

function readExtended(node: Yaml, report: Report): Part {
  const written = text(node, 'condition', report);
  const extended = written && parseCondition(written, report);
  return extended ? { ...nothing, extended } : nothing;
}

function readBounds(part: YamlMap, report: Report): readonly Bound[] {
  return part.entries.flatMap(({ key, value }) => {
    if (key.value === 'field' || key.value === 'percentile') return [];
    if (!isOperator(key.value)) {
      const parameters = { operator: key.value };
      const known = [...operators, 'field', 'percentile'];
      const help = { help: `the keys are ${known.join(', ')}`, ...didYouMean(key.value, known) };
      report(diagnostic('correlation/unknown-operator', key.span, parameters, help));
      return [];
    }
    const threshold = readNumber(value, key.value, report);
    const span = { ...key.span, end: value.span.end };
    return threshold === undefined ? [] : [{ operator: key.value, threshold, span }];
  });
}

function isOperator(key: string): key is ComparisonOperator {
  return operators.includes(key as ComparisonOperator);
}

/** `field` for the types that take values out of the events, and `percentile` for the one of them. */
function readFields(
  part: YamlMap,
  type: CorrelationType,
  owner: Text,
  report: Report,
): Pick<Part, 'fields' | 'percentile'> {
  const field = entryOf(part, 'field');
  const percentile = entryOf(part, 'percentile');
  if (!type.startsWith('value_')) refuseKey(field, type, report);
  else if (!field) report(diagnostic('correlation/missing', owner.span, { type, key: 'field' }));
  if (type !== 'value_percentile') refuseKey(percentile, type, report);
  else if (!percentile) {
    report(diagnostic('correlation/missing', owner.span, { type, key: 'percentile' }));
  }
  const fields = texts(field?.value, 'field', report);
  if (field && fields.length === 0) wrongType(field.value, 'field', 'the name of a field', report);
  if (fields.length > 1 && type !== 'value_count') {
    report(diagnostic('correlation/several-fields', fields[1]!.span, { type }));
  }
  const rank = percentile && readNumber(percentile.value, 'percentile', report);
  if (rank !== undefined && !(rank > 0 && rank <= 100)) {
    report(diagnostic('correlation/percentile', percentile!.value.span, { rank }));
  }
  return { fields, ...(rank !== undefined && { percentile: rank }) };
}

function refuseKey(entry: YamlEntry | undefined, type: CorrelationType, report: Report): void {
  if (!entry) return;
  report(diagnostic('correlation/needless', entry.key.span, { type, key: entry.key.value }));
}

function readNumber(node: Yaml, key: string, report: Report): number | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)) {
    return node.value;
  }
  wrongType(node, key, 'a number', report);
  return undefined;
}
