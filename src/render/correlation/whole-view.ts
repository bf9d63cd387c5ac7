import {
  fill,
  isCounted,
  slotText,
  type Backend,
  type PlannedCorrelation,
} from '../../plan/index.js';
import { duration } from '../duration.js';
import { conditionText } from './condition-text.js';
import { outputViews } from './output-views.js';
import type { ColumnView, Outlook, SetView } from './set-view.js';
import { flag, type View } from './texts.js';

/** What is finished before the stages are written. */
interface Frame extends Outlook {
  /** What the rows are called that a form reads more than once. */
  readonly base: string;
  readonly hits: string;
}

/** What the templates see of the correlation as a whole. */
export function wholeView(
  query: PlannedCorrelation,
  backend: Backend,
  sets: readonly SetView[],
  { total, end, base, hits }: Frame,
): View {
  const { rule, keys, count } = query;
  const { separator, duration: units, rows } = backend.manifest.correlations;
  const words = rows!;
  const [lead] = sets as readonly [SetView, ...SetView[]];
  const by = keys.length > 0 ? keys : [words.constant.name];
  const extended = rule.condition.kind === 'extended';
  const temporal = rule.type.startsWith('temporal');
  const distinctive = (rule.type === 'value_count' || temporal) && !extended;
  const own = rule.output.length > 0;
  const measured = rule.output.some(({ name }) => name === total);
  const distinct = query.sets.every(({ values, filled }) =>
    values.every(({ name }) => filled.includes(name)),
  )
    ? words.filled.distinct
    : words.output.distinct;
  const aggregate = {
    extended: flag(extended),
    temporal: flag(temporal),
    ranked: flag(rule.type === 'value_median' || rule.type === 'value_percentile'),
    rules: rule.bases.map((_, index) => ({ number: String(index + 1) })),
    numeric: lead.direct ? lead.numeric : words.columns.numeric,
    distinct: fill(slotText(distinct), {
      field: lead.direct ? lead.value : words.columns.value,
    }),
    total,
    [rule.type]: 'true',
  };
  return {
    measure: backend.stages['measure']!(aggregate),
    base,
    hits,
    sliding: flag(rule.window.kind === 'sliding'),
    tumbling: flag(rule.window.kind === 'tumbling'),
    ordered: flag(rule.type === 'temporal_ordered'),
    summed: flag(rule.type === 'value_sum' || rule.type === 'value_avg'),
    grouped: flag(rule.onMissingKey === 'group' && keys.length > 0),
    inner: flag(end === 'nested'),
    ruleCount: String(rule.bases.length),
    // Every rule but the last, and the one before it: a chain is carried from one to the next.
    links: rule.bases.slice(0, -1).map((_, index) => ({
      number: String(index + 1),
      previous: String(index),
      by: by.join(separator),
      binned: flag(rule.window.kind === 'tumbling'),
    })),
    lastLink: String(rule.bases.length - 1),
    keys: by.map((name, index) => ({
      name,
      number: String(index + 1),
      before: String(count - 1),
    })),
    by: by.join(separator),
    grouping: lead.direct ? lead.keys.map(assigned).join(separator) : by.join(separator),
    at: lead.direct ? lead.at : words.columns.time,
    span: duration(rule.timespan, units),
    ms: String(rule.timespan),
    count: String(count),
    before: String(count - 1),
    condition: conditionText(query, backend, total),
    outputs: outputViews(query, backend, sets),
    // The total is the number of different values, or of different rules.
    distinctive: flag(distinctive),
    counted: flag(isCounted(rule)),
    // One of the rule's own columns is the total.
    measured: flag(measured),
    // The summary of the rows is the report as it stands.
    reported: flag((distinctive || rule.type === 'event_count') && (measured || !own)),
    sort: rule.sort.map((column) => {
      const name = column.replace(/^-/, '');
      return {
        name: keys[rule.groupBy.indexOf(name)] ?? backend.contexts.at(-1)!.field.write(name),
        descending: flag(column !== name),
      };
    }),
    percent: percentOf(rule.percentile ?? 50),
    // Last, since an engine makes an object fast as long as all of its kind begin alike.
    ...aggregate,
  };
}

function assigned({ name, value, renamed }: ColumnView): string {
  return renamed ? `${name} = ${value}` : name;
}

/** A percentile p as whole numbers: rank = ⌈p·n / 100⌉ = (units·n + hundred − 1) div hundred. */
function percentOf(percentile: number): View {
  const [whole = '0', fraction = ''] = String(percentile).split('.');
  const hundred = 100 * 10 ** fraction.length;
  return {
    units: String(Number(whole + fraction)),
    hundred: String(hundred),
    less: String(hundred - 1),
  };
}
