import { diagnostic } from '../../diagnostics/index.js';
import type { Condition, Detection, DetectionItem, Selection, Text, Value } from '../ast.js';
import { readingOf11 } from '../yaml/scalar.js';
import { entryOf, type Yaml, type YamlEntry, type YamlMap, type YamlScalar } from '../yaml/tree.js';
import { migrate, parseCondition } from './condition.js';
import { firstLine, required, text, wrongType, type Report } from './read.js';

/** The search identifiers of `detection` or `filter`: every key that is not one of its own. */
export function readSelections(
  part: YamlMap,
  ownKeys: readonly string[],
  report: Report,
): readonly Selection[] {
  const selections = part.entries
    .filter(({ key }) => !ownKeys.includes(key.value))
    .flatMap(({ key, value }) => {
      const detection = readDetection(value, key, report);
      return detection ? [{ name: key.value, detection, span: key.span }] : [];
    });
  if (selections.length === 0 && part.entries.every(({ key }) => ownKeys.includes(key.value))) {
    report(diagnostic('rule/no-selection', firstLine(part.span), {}));
  }
  return selections;
}

/** `condition`: one, or a list of which each is a query of its own. */
export function readConditions(part: YamlMap, owner: Text, report: Report): readonly Condition[] {
  const timeframe = entryOf(part, 'timeframe');
  if (timeframe) report(diagnostic('rule/timeframe', timeframe.key.span, {}, migrate));
  const node = required(part, 'condition', owner.span, report);
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) wrongType(node, 'condition', 'a condition, or a list of them', report);
  return items.flatMap((item) => {
    const written = text(item, 'condition', report);
    return (written && parseCondition(written, report)) ?? [];
  });
}

function readDetection(node: Yaml, owner: Text, report: Report): Detection | undefined {
  switch (node.kind) {
    case 'map':
      return combined(
        'all',
        node.entries.map((entry) => readItem(entry, report)),
        node,
        owner,
        report,
      );
    case 'list':
      return combined('any', listDetections(node.items, owner, report), node, owner, report);
    case 'scalar': {
      const values = keywords([node], report);
      return values && { kind: 'item', modifiers: [], values, list: false, span: node.span };
    }
  }
}

function combined(
  kind: 'all' | 'any',
  read: readonly (Detection | undefined)[],
  { span }: Yaml,
  owner: Text,
  report: Report,
): Detection | undefined {
  const items = read.filter((item) => item !== undefined);
  if (read.length === 0) {
    report(diagnostic('rule/empty-selection', owner.span, { name: owner.value }));
  }
  return items.length > 1 ? { kind, items, span } : items[0];
}

/** Maps, each an alternative, and keywords, which together are one item; nested lists likewise. */
function listDetections(
  items: readonly Yaml[],
  owner: Text,
  report: Report,
): readonly (Detection | undefined)[] {
  const scalars = items.filter((item) => item.kind === 'scalar');
  const values = keywords(scalars, report);
  const others = items
    .filter((item) => item.kind !== 'scalar')
    .map((item) => readDetection(item, owner, report));
  if (scalars.length === 0) return others;
  if (!values) return [undefined, ...others];
  const span = { ...scalars[0]!.span, end: scalars.at(-1)!.span.end };
  return [{ kind: 'item', modifiers: [], values, list: true, span }, ...others];
}

function keywords(nodes: readonly YamlScalar[], report: Report): readonly Value[] | undefined {
  const values = nodes.flatMap((node) => readValue(node, report) ?? []);
  const nothing = values.find((value) => value.kind === 'null');
  if (nothing) report(diagnostic('rule/null-keyword', nothing.span, {}));
  return values.length > 0 ? values : undefined;
}

/** One line of a selection: `field|modifier|modifier: value or list of values`. */
function readItem({ key, value }: YamlEntry, report: Report): DetectionItem | undefined {
  const [field, ...modifiers] = parts(key);
  for (const modifier of modifiers) {
    if (modifier.value === '') report(diagnostic('rule/empty-modifier', key.span, {}));
  }
  const list = value.kind === 'list';
  const values = list ? listValues(value.items, key, report) : oneValue(value, key, report);
  if (!values) return undefined;
  if (field!.value === '' && values.some((each) => each.kind === 'null')) {
    report(diagnostic('rule/null-keyword', values[0]!.span, {}));
  }
  return {
    kind: 'item',
    ...(field!.value !== '' && { field: field! }),
    modifiers,
    values,
    list,
    span: { ...key.span, end: Math.max(key.span.end, value.span.end) },
  };
}

/** The parts of a key between its bars; places are exact unless the key is written with escapes. */
function parts(key: Text): readonly Text[] {
  const { source, start, end } = key.span;
  const exact = source.text.slice(start, end) === key.value;
  let at = start;
  return key.value.split('|').map((value) => {
    const span = exact ? { source, start: at, end: at + value.length } : key.span;
    at += value.length + 1;
    return { value, span };
  });
}

function oneValue(node: Yaml, key: Text, report: Report): readonly Value[] | undefined {
  if (node.kind !== 'scalar') {
    wrongType(node, key.value, 'a value, or a list of values', report);
    return undefined;
  }
  const value = readValue(node, report);
  return value && [value];
}

function listValues(
  items: readonly Yaml[],
  key: Text,
  report: Report,
): readonly Value[] | undefined {
  if (items.length === 0) {
    report(diagnostic('rule/empty-list', key.span, { key: key.value }));
    return undefined;
  }
  const values = items.flatMap((item) => oneValue(item, key, report) ?? []);
  const nothing = values.find((value) => value.kind === 'null');
  if (nothing) report(diagnostic('rule/null-in-list', nothing.span, {}));
  return values.length > 0 ? values : undefined;
}

function readValue({ value, raw, plain, span }: YamlScalar, report: Report): Value | undefined {
  const reading = plain ? readingOf11(raw) : undefined;
  if (reading !== undefined) {
    const core = typeof value === 'number' ? `the number ${value}` : 'a string';
    const help = 'quote it, if it is a text';
    report(diagnostic('yaml/two-readings', span, { raw, reading, core }, { help }));
  }
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: value, span };
    case 'boolean':
      return { kind: 'boolean', value, span };
    case 'number':
      if (Number.isFinite(value)) return { kind: 'number', text: decimal(raw), span };
      report(diagnostic('rule/not-finite', span, { raw }));
      return undefined;
    default:
      return { kind: 'null', span };
  }
}

/** Hexadecimal and octal numbers in decimal; all others as written. */
function decimal(raw: string): string {
  return /^0[xo]/.test(raw) ? BigInt(raw).toString() : raw;
}
