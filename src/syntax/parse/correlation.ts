import { diagnostic, didYouMean } from '../../diagnostics/index.js';
import type { Condition, CorrelationDocument, CorrelationType, Text } from '../ast.js';
import { entryOf, type YamlMap } from '../yaml/tree.js';
import { readAliases } from './aliases.js';
import { readCorrelationCondition } from './correlation-condition.js';
import { milliseconds } from './duration.js';
import { boolean, map, onlyKeys, required, text, texts, type Report } from './read.js';

const types: readonly CorrelationType[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_median',
  'value_percentile',
];

const keys = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

type Body = Omit<CorrelationDocument, 'header' | 'diagnostics'>;

/** A correlation rule (Sigma correlation rules 2.1), without its header; nothing if it is broken. */
export function readCorrelation(document: YamlMap, report: Report): Body | undefined {
  const entry = entryOf(document, 'correlation')!;
  const part = map(entry.value, 'correlation', report);
  if (!part) return undefined;
  onlyKeys(part, keys, 'a correlation', report);
  const type = readType(part, entry.key, report);
  const timespan = readTimespan(part, entry.key, report);
  const generate = readGenerate(document, part, report);
  const groupBy = distinct(
    texts(entryOf(part, 'group-by')?.value, 'group-by', report),
    'group-by',
    report,
  );
  const written = distinct(texts(entryOf(part, 'rules')?.value, 'rules', report), 'rules', report);
  const aliases = readAliases(entryOf(part, 'aliases')?.value, report);
  if (type === undefined || timespan === undefined) return undefined;
  const condition = readCorrelationCondition(part, type, entry.key, report);
  const rules = readRules(part, written, condition.extended, entry.key, report);
  return {
    kind: 'correlation',
    type,
    rules,
    groupBy,
    timespan,
    ...condition,
    aliases,
    generate,
    span: part.span,
  };
}

function readType(part: YamlMap, owner: Text, report: Report): CorrelationType | undefined {
  const node = required(part, 'type', owner.span, report);
  const written = node && text(node, 'type', report);
  if (!written) return undefined;
  const type = types.find((each) => each === written.value);
  if (type) return type;
  // The project's web pages once used this name.
  const help =
    written.value === 'ordered_temporal'
      ? { help: "did you mean 'temporal_ordered'?" }
      : didYouMean(written.value, types);
  report(diagnostic('correlation/unknown-type', written.span, { type: written.value }, help));
  return undefined;
}

function readTimespan(part: YamlMap, owner: Text, report: Report): number | undefined {
  const node = required(part, 'timespan', owner.span, report);
  const written = node && text(node, 'timespan', report);
  if (!written) return undefined;
  const timespan = milliseconds(written.value);
  if (timespan === undefined) {
    const parameters = { timespan: written.value };
    const help = 'write a positive whole number and s, m, h or d: 30s, 5m, 1h, 7d';
    report(diagnostic('correlation/timespan', written.span, parameters, { help }));
  }
  return timespan;
}

/** `generate` stands at the top level; some tools read it inside `correlation:`. */
function readGenerate(document: YamlMap, part: YamlMap, report: Report): boolean {
  const inside = entryOf(part, 'generate');
  if (inside) report(diagnostic('correlation/generate-inside', inside.key.span, {}));
  const outer = boolean(entryOf(document, 'generate')?.value, 'generate', report);
  return outer ?? boolean(inside?.value, 'generate', report) ?? false;
}

function distinct(values: readonly Text[], key: string, report: Report): readonly Text[] {
  const seen = new Set<string>();
  for (const { value, span } of values) {
    if (seen.has(value)) report(diagnostic('correlation/twice', span, { value, key }));
    seen.add(value);
  }
  return values;
}

/** The rules as listed; an extended condition names the same ones, or stands for the list. */
function readRules(
  part: YamlMap,
  listed: readonly Text[],
  extended: Condition | undefined,
  owner: Text,
  report: Report,
): readonly Text[] {
  const named = extended ? namesIn(extended, report) : [];
  if (listed.length === 0) {
    const { span } = entryOf(part, 'rules')?.key ?? owner;
    if (!extended) report(diagnostic('correlation/no-rules', span, {}));
    return named;
  }
  if (!extended) return listed;
  const values = new Set(listed.map(({ value }) => value));
  for (const { value, span } of named) {
    if (values.has(value)) continue;
    const parameters = { name: value };
    report(diagnostic('correlation/not-listed', span, parameters, didYouMean(value, values)));
  }
  const names = new Set(named.map(({ value }) => value));
  for (const { value, span } of listed) {
    if (names.has(value)) continue;
    report(diagnostic('correlation/not-in-condition', span, { name: value }));
  }
  return listed;
}

/** The names in a condition, each once, in order. */
function namesIn(condition: Condition, report: Report): readonly Text[] {
  const found = new Map<string, Text>();
  const visit = (node: Condition): void => {
    if (node.kind === 'not') visit(node.operand);
    else if (node.kind === 'selection') {
      if (!found.has(node.name)) found.set(node.name, { value: node.name, span: node.span });
    } else if (node.kind === 'quantified') {
      report(diagnostic('correlation/quantifier', node.span, {}));
    } else node.operands.forEach(visit);
  };
  visit(condition);
  return [...found.values()];
}
