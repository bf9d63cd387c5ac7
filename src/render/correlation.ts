import type { Field, RuleExpression } from '../ir/index.js';
import {
  fill,
  joinedTables,
  rangeWord,
  slotText,
  type Backend,
  type Context,
  type CorrelationManifest,
  type PlannedCorrelation,
  type PlannedQuery,
  type RowSet,
} from '../plan/index.js';
import { duration } from './duration.js';
import { fragment, hold, type Fragment } from './fragment.js';

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

/** What the templates see of each row set: finished texts. */
function setViews(
  query: PlannedCorrelation,
  backend: Backend,
  rows: readonly string[],
): readonly SetView[] {
  const { rule, keys } = query;
  const { manifest } = backend;
  const words = manifest.correlations;
  const context = backend.contexts.at(-1)!;
  const numeric = rule.type.startsWith('value_') && rule.type !== 'value_count';
  return query.sets.map((set, index) => {
    const { rows: inner } = set;
    const read = (field: Field, texts: CorrelationManifest['key']) =>
      fill(slotText(texts[field.type] as string), {
        field: inner.kind === 'correlation' ? innerColumn(field, inner) : nameOf(field, context),
      });
    const keyViews = set.keys.map((field, at) => {
      const name = keys[at]!;
      const text = read(field, words.key);
      const value =
        rule.onMissingKey === 'group' ? fill(slotText(words.grouped), { value: text }) : text;
      return {
        name,
        value,
        present: fill(slotText(words.present), { value: text }),
        presentNamed: fill(slotText(words.present), { value: name }),
        renamed: flag(value !== name),
      };
    });
    if (keyViews.length === 0 && words.constant) {
      keyViews.push({ ...words.constant, present: '', presentNamed: '', renamed: 'true' });
    }
    const present =
      keys.length > 0 && rule.onMissingKey === 'drop' ? keyViews.map((key) => key.present) : [];
    const presentNamed =
      keys.length > 0 && rule.onMissingKey === 'drop'
        ? keyViews.map((key) => key.presentNamed)
        : [];
    return {
      number: String(set.number),
      first: flag(index === 0),
      last: flag(index === query.sets.length - 1),
      nested: flag(set.rows.kind === 'correlation'),
      rows: rows[index]!,
      condition: set.condition ? laidOut(fragment(set.condition, context).text) : '',
      time: set.time === '' ? '' : context.field.write(set.time),
      range: rangeText(query, set, backend),
      keys: keyViews,
      present: present.join(words.and),
      presentNamed: presentNamed.join(words.and),
      value:
        rule.type === 'value_count'
          ? distinctText(
              set.values.map((each) => read(each, words.key)),
              words,
            )
          : '',
      numeric: numeric ? read(set.values[0]!, words.number) : '',
      outputs: Object.fromEntries(
        Object.entries(set.outputs).map(([name, field]) => [name, read(field, words.key)]),
      ),
    };
  });
}

interface SetView {
  readonly [field: string]: unknown;
  readonly keys: readonly { readonly name: string; readonly value: string }[];
  readonly value: string;
  readonly numeric: string;
  readonly time: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The alerts of an inner correlation carry its group-by under the names of its key columns. */
function innerColumn({ name }: Field, { rule, keys }: PlannedCorrelation): string {
  return keys[rule.groupBy.indexOf(name)]!;
}

function nameOf({ name, expression }: Field, context: Context): string {
  return expression ?? context.field.write(name);
}

/** The counted values as one text, null where one of them is blank. */
function distinctText(values: readonly string[], words: CorrelationManifest): string {
  const { single, item, join, tuple } = words.distinct;
  const present = values.map((value) => fill(slotText(words.present), { value })).join(words.and);
  const [only] = values;
  if (values.length === 1) return fill(slotText(single), { value: only!, present });
  const items = values.map((value) => item.replaceAll('{value}', () => value)).join(join);
  return fill(slotText(tuple), { items, present });
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
    index:
      context && manifest.source
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

/** The bounds on the counted column, or the extended condition, as a test. */
function conditionText(
  { rule, form }: PlannedCorrelation,
  { manifest }: Backend,
  context: Context,
): string {
  const words = manifest.correlations;
  if (rule.condition.kind === 'bounds') {
    return rule.condition.bounds
      .map(({ operator, threshold }) =>
        fill(slotText(words.bound), {
          column: words.columns.count,
          operator: words.operators[operator],
          number: String(threshold),
        }),
      )
      .join(words.and);
  }
  const occurs = form.occurs ?? '';
  const text = (expression: RuleExpression): Fragment => {
    const { connectives } = context;
    switch (expression.kind) {
      case 'occurs':
        return {
          text: occurs
            .replaceAll('{number}', String(expression.base + 1))
            .replaceAll('{span}', duration(rule.timespan, words.duration))
            .replaceAll('{ms}', String(rule.timespan)),
          strength: 0,
        };
      case 'not': {
        const operand = hold(text(expression.operand), connectives.not.operand, context);
        return {
          text: connectives.not.text.replace('{operand}', () => operand),
          strength: connectives.not.strength,
        };
      }
      default: {
        const { text: word, strength } = connectives[expression.kind];
        const operands = expression.operands.map((each) => hold(text(each), 1_000, context));
        return { text: operands.join(` ${word} `), strength };
      }
    }
  };
  return text(rule.condition.expression).text;
}

function rangeText(
  { rule, searchRange }: PlannedCorrelation,
  set: RowSet,
  { manifest, contexts }: Backend,
): string {
  const { range: words, duration: units } = manifest.correlations;
  const column = set.time === '' ? '' : contexts.at(-1)!.field.write(set.time);
  const { range } = rule;
  if (range === undefined) {
    if (searchRange === undefined || column === '') return '';
    return fill(slotText(words.last as string), {
      column,
      last: duration(searchRange, units),
      ms: String(searchRange),
    });
  }
  const text = slotText(words[rangeWord(range.kind)] as string);
  switch (range.kind) {
    case 'absolute':
      return fill(text, {
        column,
        from: new Date(range.from).toISOString(),
        to: new Date(range.to).toISOString(),
        fromms: String(range.from),
        toms: String(range.to),
      });
    case 'month-offset':
      return fill(text, { column, offset: String(range.offset), next: String(range.offset + 1) });
    case 'month-containing':
      return fill(text, { column, before: duration(range.before, units) });
  }
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

function flag(value: boolean): string {
  return value ? 'true' : '';
}

function laidOut(text: string): string {
  return text.replaceAll('\n', '\n    ');
}
