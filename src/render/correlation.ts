import {
  fill,
  joinedTables,
  slotText,
  type Backend,
  type Context,
  type CorrelationManifest,
  type PlannedCorrelation,
  type PlannedQuery,
} from '../plan/index.js';
import { setViews, type SetView } from './correlation-set.js';
import { conditionText } from './correlation-text.js';
import { duration } from './duration.js';
import { flag } from './flag.js';
import { fragment, hold } from './fragment.js';

type View = Readonly<Record<string, unknown>>;

/** Writes one query of a correlation; rows of detections are written by `write`. */
export function renderCorrelation(
  query: PlannedCorrelation,
  backend: Backend,
  write: (query: PlannedQuery) => string,
): string {
  const { prelude, body } = written(query, backend, write, 1, 'report');
  return backend.correlation({ prelude: prelude.map((text) => ({ text })), stages: body });
}

interface Written {
  /** Statements that stand before the query. */
  readonly prelude: readonly string[];
  readonly body: readonly string[];
}

function written(
  query: PlannedCorrelation,
  backend: Backend,
  write: (query: PlannedQuery) => string,
  depth: number,
  end: 'report' | 'nested',
): Written {
  const { form } = query;
  const inner = query.sets.map(({ rows }): Written =>
    rows.kind === 'detection'
      ? { prelude: [], body: rows.stages.length > 0 ? [write(rows)] : [] }
      : written(rows, backend, write, depth + 1, 'nested'),
  );
  const stage = (name: string, view: View) => backend.stages[name]!(view);
  const rowTexts = inner.map(({ body }) => backend.correlation({ prelude: [], stages: body }));
  const sets = setViews(query, backend, rowTexts);
  const whole = wholeView(query, backend, sets, depth);
  const hits = stage('hits', whole);
  const framed = { ...whole, hits, inner: flag(end === 'nested') };
  const { value, numeric } = backend.manifest.correlations.columns;
  const measure = (view: View) => backend.stages['measure']?.(view) ?? '';
  const view = {
    ...framed,
    source: sets.length === 1 ? stage('rows', framed) : hits,
    measure: measure(framed),
    measured: measure({ ...framed, value, numeric }),
  };
  const names = [...form.stages, ...[form[end]].flatMap((name) => name ?? [])];
  const prelude = form.prelude === undefined ? [] : [stage(form.prelude, view)];
  return {
    prelude: [...inner.flatMap((each) => each.prelude), ...prelude],
    body: names.map((name) => stage(name, view)),
  };
}

/** What the templates see of the correlation as a whole. */
function wholeView(
  query: PlannedCorrelation,
  backend: Backend,
  sets: readonly SetView[],
  depth: number,
): View {
  const { rule, keys, count } = query;
  const { manifest } = backend;
  const words = manifest.correlations;
  const context = backend.contexts.at(-1)!;
  const [set] = sets;
  const single = sets.length === 1;
  const keyed = keys.length > 0;
  const constant = words.constant?.name;
  const keyNames = keyed || constant === undefined ? keys : [constant];
  const temporal = rule.type.startsWith('temporal');
  const times = [...new Set(sets.map(({ time }) => time))];
  return {
    [rule.type]: 'true',
    [rule.window.kind]: 'true',
    extended: flag(rule.condition.kind === 'extended'),
    keyed: flag(keyed),
    temporal: flag(temporal),
    ordered: flag(rule.type === 'temporal_ordered'),
    ranked: flag(rule.type === 'value_median' || rule.type === 'value_percentile'),
    summed: flag(rule.type === 'value_sum' || rule.type === 'value_avg'),
    streaming: flag(query.sets.every((each) => each.rows.kind === 'detection')),
    timeOfAll: times.join(', '),
    presentNamed: sets[0]?.['presentNamed'] ?? '',
    links: rule.bases.slice(0, -1).map((_, index) => ({
      number: String(index + 1),
      previous: String(index),
      first: flag(index === 0),
      last: flag(index === rule.bases.length - 2),
      by: keyNames.join(words.separator),
      binned: flag(rule.window.kind === 'tumbling'),
    })),
    grouped: flag(rule.onMissingKey === 'group' && keyed),
    single: flag(single),
    base: `Base${depth === 1 ? '' : depth}`,
    sets,
    bases: rule.bases.map((_, index) => ({
      number: String(index + 1),
      previous: String(index),
      first: flag(index === 0),
      last: flag(index === rule.bases.length - 1),
      beforeLast: flag(index === rule.bases.length - 2),
      span: duration(rule.timespan, words.duration),
      ms: String(rule.timespan),
    })),
    index: manifest.source
      ? backend.source!.write(joinedTables(query.sets.flatMap((each) => each.source ?? [])))
      : '',
    keys: keyNames.map((name, index) => ({
      name,
      number: String(index + 1),
      before: String(count - 1),
    })),
    by: keyNames.join(words.separator),
    grouping: (single ? set!.keys : keyNames.map((name) => ({ name, value: name })))
      .map(({ name, value }) => (name === value ? name : `${name} = ${value}`))
      .join(words.separator),
    cases: single ? [] : caseViews(keyNames, sets),
    value: single ? set!.value : words.columns.value,
    numeric: single ? set!.numeric : words.columns.numeric,
    at: single ? fill(slotText(words.columns.timeOf), { time: set!.time }) : words.columns.time,
    span: duration(rule.timespan, words.duration),
    ms: String(rule.timespan),
    count: String(count),
    before: String(count - 1),
    rules: String(rule.bases.length),
    beforeLast: String(rule.bases.length - 1),
    condition: conditionText(query, backend, context),
    outputs: outputViews(query, sets, words, context),
    sort: rule.sort.map((name) => ({
      name: context.field.write(name.replace(/^-/, '')),
      descending: flag(name.startsWith('-')),
    })),
    percent: percentOf(rule.percentile ?? 50),
    ...stepsView(query, backend, context),
  };
}

/** A key that rules read from different fields, by rule; one that they share and call alike is left out. */
function caseViews(names: readonly string[], sets: readonly SetView[]): readonly View[] {
  return names.flatMap((name, index) => {
    const cases = sets.map(({ number, last, keys }) => ({
      number,
      last,
      value: keys[index]!.value,
    }));
    const values = new Set(cases.map(({ value }) => value));
    const [only = ''] = values;
    if (values.size > 1) return [{ name, value: '', cases }];
    return only === name ? [] : [{ name, value: only, cases: [] }];
  });
}

/** The items of a sequence or sample; keys that all items share are written once. */
function stepsView(
  { rule, steps }: PlannedCorrelation,
  { manifest }: Backend,
  context: Context,
): View {
  const { present, and } = manifest.correlations;
  const optional = rule.onMissingKey === 'group';
  const by = steps.map(({ keys }) =>
    keys.map(({ name }) => context.field.write(name, optional)).join(', '),
  );
  const shared = new Set(by).size <= 1;
  return {
    several: flag(steps.length > 1 || (steps[0]?.runs ?? 1) > 1),
    shared: flag(shared),
    stepsBy: by[0] ?? '',
    steps: steps.map(({ condition, keys, runs }, index) => {
      const tests = optional
        ? []
        : keys.map(({ name }) => fill(slotText(present), { value: context.field.write(name) }));
      const text = fragment(condition, context);
      const held =
        tests.length > 0 ? hold(text, context.connectives.and.operand, context) : text.text;
      return {
        condition: [held, ...tests].join(and).replaceAll('\n', '\n    '),
        by: shared ? '' : by[index]!,
        runs: runs > 1 ? String(runs) : '',
      };
    }),
  };
}

function outputViews(
  { rule }: PlannedCorrelation,
  sets: readonly SetView[],
  words: CorrelationManifest,
  context: Context,
): readonly View[] {
  return rule.output.map(({ name, aggregate, field }) => {
    const ofTime = field === undefined || field === '@time';
    const word =
      ofTime && aggregate === 'min' ? 'first' : ofTime && aggregate === 'max' ? 'last' : aggregate;
    return {
      name: context.field.write(name),
      distinct: flag(aggregate === 'distinct'),
      text: fill(slotText(words.output[word]), {
        field: sets[0]!.outputs[name] ?? '',
        time: sets[0]!.time,
      }),
    };
  });
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
