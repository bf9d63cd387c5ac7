import {
  andThen,
  diagnostic,
  failure,
  positionOf,
  success,
  type Outcome,
  type Span,
} from '../diagnostics/index.js';
import { entryOf, type YamlMap, type YamlScalar } from '../syntax/index.js';
import { readAggregated } from './aggregation.js';
import { linesOf, type Lines } from './lines.js';
import { rulesOf, type NewRule, type NewRules } from './rules.js';
import { correlationLines, scalar } from './write.js';

/** A document with an aggregation. */
export interface OldRule {
  readonly document: YamlMap;
  readonly detection: YamlMap;
  readonly conditions: readonly YamlScalar[];
  /** Where its lines end. */
  readonly end: number;
}

/** What stands in place of the text from `start` to the end of the old rule. */
export interface Rewritten {
  readonly start: number;
  readonly text: string;
}

/** The lines of an old rule, and of its detection. */
interface Layout {
  readonly document: readonly Lines[];
  readonly detection: readonly Lines[];
  /** The author's indentation. */
  readonly indent: string;
}

/** The old rule as detection rules and a correlation. `names` are those that the file's rules have. */
export function rewrite(old: OldRule, names: Set<string>): Outcome<Rewritten> {
  const condition = old.conditions[0]!;
  if (old.conditions.length > 1) {
    return failure(diagnostic('migrate/several-conditions', condition.span, {}));
  }
  const layout = layoutOf(old);
  if (!layout) return failure(diagnostic('migrate/layout', condition.span, {}));
  return andThen(timespanOf(old, condition), (timespan) =>
    andThen(readAggregated(condition), ({ search, aggregation, tail }) => {
      const title = scalarAt(old.document, 'title')?.raw ?? 'rule';
      const selections = layout.detection.map(({ key }) => key).filter(isSelection);
      return andThen(rulesOf({ title, search, selections, names }, aggregation), (made) => {
        const documents = [
          ...made.rules.map((rule, index) =>
            ruleText(rule, title, layout, index === 0 ? tail : undefined),
          ),
          correlationText(made.correlation, timespan, layout),
        ];
        const text = documents.map((each) => (each.endsWith('\n') ? each : `${each}\n`));
        return success({ start: layout.document[0]!.start, text: text.join('---\n') });
      });
    }),
  );
}

function layoutOf({ document, detection, end }: OldRule): Layout | undefined {
  const outer = linesOf(document, end);
  const own = outer?.find(({ key }) => key === 'detection');
  const inner = own && linesOf(detection, own.start + own.text.length);
  if (!outer || !inner) return undefined;
  const { column } = positionOf(detection.span.source, detection.span.start);
  return { document: outer, detection: inner, indent: ' '.repeat(column - 1) };
}

/** A detection rule, in the author's lines; without `tail` its condition is a line of our own. */
function ruleText(
  { name, part, condition, selections }: NewRule,
  title: string,
  { document, detection, indent }: Layout,
  tail: Span | undefined,
): string {
  const logSource = document.find(({ key }) => key === 'logsource');
  const body = detection.map(({ key, text, start }) => {
    if (isSelection(key)) return selections.includes(key) ? text : '';
    if (key !== 'condition') return '';
    return tail
      ? text.slice(0, tail.start - start) + text.slice(tail.end - start)
      : `${indent}condition: ${condition}\n`;
  });
  return [
    `title: ${scalar(`${title} - ${part}`)}\nname: ${name}\n`,
    logSource?.text ?? '',
    'detection:\n',
    ...body,
  ].join('');
}

/** The correlation, with all that the author said beside log source and detection. */
function correlationText(
  correlation: NewRules['correlation'],
  timespan: string,
  { document, indent }: Layout,
): string {
  const lines = document.map(({ key, text }) => {
    if (key === 'logsource') return '';
    return key === 'detection' ? correlationLines({ ...correlation, timespan }, indent) : text;
  });
  return lines.join('');
}

function isSelection(key: string): boolean {
  return key !== 'condition' && key !== 'timeframe';
}

function timespanOf({ detection }: OldRule, condition: YamlScalar): Outcome<string> {
  const timeframe = scalarAt(detection, 'timeframe');
  if (!timeframe) {
    const help = 'write for example `timeframe: 1h` beside the condition';
    return failure(diagnostic('migrate/no-timeframe', condition.span, {}, { help }));
  }
  return /^[0-9]{1,10}[smhd]$/.test(timeframe.raw)
    ? success(timeframe.raw)
    : failure(diagnostic('migrate/timeframe', timeframe.span, { timeframe: timeframe.raw }));
}

function scalarAt(map: YamlMap, key: string): YamlScalar | undefined {
  const value = entryOf(map, key)?.value;
  return value?.kind === 'scalar' ? value : undefined;
}
