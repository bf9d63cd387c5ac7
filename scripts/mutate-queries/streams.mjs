// Streams of events that make a correlation alert, as it is read from its definition, and what is one change
// away from those that did.
import { interpreters, library, now } from './library.mjs';
import { hitsOf } from './rows.mjs';

const { matcher, predicateInScope, probed, rangeAt, stored } = library;

/** Streams that are kept, of those that alerted. */
const maxKept = 200;
/** The most events that one part of a correlation gets. */
const maxEvents = 300;
/** How many events it takes until the ranks of percentiles in whole and half per cents differ. */
const ranks = [19, 20, 21, 40, 199, 200, 201];

export function streamMaker(bench, make, literals, random) {
  const { below, chance, pick } = random;
  const { mapped: rule } = bench;
  const leaves = new Map(
    bench.leaves.map((leaf) => [
      leaf.rule,
      { ...leaf, rows: hitsOf(bench, leaf, make).filter((row) => !isShared(bench, row)) },
    ]),
  );
  const kept = [];
  const timing = timingOf(bench, random);

  /**
   * Beats of an alert of the rule, or of what nearly is one, from an instant on. Those of one inner rule mostly
   * last as long as one another, so that their ends are as far from one another as their starts.
   */
  const alert = (rule, start, keys, spans) => {
    const choices = rule.bases.map((_, at) => at);
    const isOrdered = rule.type === 'temporal_ordered';
    const isTemporal = isOrdered || rule.type === 'temporal';
    const count = isTemporal ? choices.length + pick([0, 0, 0, -1, 1]) : countOf(rule);
    const bases = Array.from({ length: Math.max(1, count) }, (_, at) =>
      isTemporal && chance(90) ? choices[at % choices.length] : pick(choices),
    );
    if (isTemporal && chance(isOrdered ? 20 : 60)) bases.sort(() => pick([-1, 1]));
    if (!spans.has(rule) || chance(20)) spans.set(rule, timing.span(rule.timespan));
    const times = timing.within(spans.get(rule), bases.length);
    const numbers = numbersFor(rule, bases.length);
    const distinct = chance(75) ? bases.length : 1 + below(bases.length);
    return bases.flatMap((base, at) =>
      beats(rule, rule.bases[base], start + times[at], keys, spans, {
        which: 1 + (at % distinct),
        number: numbers[at],
      }),
    );
  };

  /**
   * How the keys of a field are written, mostly apart in their last character, seldom in the first alone, or
   * behind what a query asks of the field.
   */
  const wordingOf = (name) => {
    const own = literals.get(name) ?? [];
    const start = own.length > 0 && chance(30) ? String(pick(own)) : '';
    if (chance(20)) return (number, which) => `${'abcdefgh'[which % 8]}k${number}-0`;
    return (number, which) => `${start}k${number}-${which}`;
  };

  /** Beats of one of the rules that a correlation counts. */
  const beats = ({ type }, base, time, keys, spans, value) => {
    if (base.rule.kind === 'correlation') {
      const inner = new Map(base.rule.groupBy.map((name) => [name, 1 + below(3)]));
      base.keys.forEach(({ name }, at) => inner.set(name, keys[at]));
      for (const { name } of base.values) inner.set(name, value.which);
      const own = base.rule.groupBy.map((name) => inner.get(name));
      return alert(base.rule, time, own, spans);
    }
    const { rows, table, tested } = leaves.get(base.rule);
    const own = new Map(base.keys.map(({ name }, at) => [name, keys[at]]));
    let row = rows.length > 0 ? pick(rows) : make.row();
    for (const field of base.values) {
      const written = type === 'value_count' ? `${value.which}v` : value.number;
      if (!own.has(field.name) && !tested.has(field.name))
        row = withValue(bench, row, field, written);
    }
    return [{ row, table, time, keys: own }];
  };

  const countOf = (rule) => {
    const { condition, type } = rule;
    if (type === 'value_percentile' && chance(25)) return pick(ranks);
    const bounds = condition.kind === 'bounds' ? condition.bounds : [];
    const isCount = type === 'event_count' || type === 'value_count';
    const asked = bounds.map(({ threshold }) => (isCount ? Math.ceil(threshold) : 1 + below(4)));
    const near = pick(asked.length > 0 ? asked : [1]) + pick([0, 0, 0, 1, -1, 2]);
    return Math.min(maxEvents, near);
  };

  /** Numbers of which the rule's sum, mean or rank is near its bound. */
  const numbersFor = ({ condition, type }, length) => {
    const bounds = condition.kind === 'bounds' ? condition.bounds : [];
    const { threshold: bound = 1 } = bounds.length > 0 ? pick(bounds) : {};
    const off = pick([0, 0, 1, -1, 0.5, -0.5, bound]);
    if (type === 'value_sum') {
      const numbers = Array.from({ length }, () => Math.round(bound / length) + below(3) - 1);
      const others = numbers.slice(1).reduce((sum, each) => sum + each, 0);
      numbers[0] = bound + off - others;
      return numbers.map(odd);
    }
    // All below but a few, so that the rank of a value counts.
    const above = 1 + below(3);
    if (chance(40)) return Array.from({ length }, (_, at) => (at < above ? bound + 1 : bound - 1));
    const values = [bound, bound + off, bound - off, bound + 1, bound - 1, 0];
    return Array.from({ length }, () => odd(pick(values)));
  };
  /** Seldom something else that a field of numbers may hold. */
  const odd = (value) => (chance(4) ? pick(['x', '', `+${value}`, `${value} `, '1e3']) : value);

  const fresh = () =>
    alert(
      rule,
      timing.start(),
      rule.groupBy.map(() => 0),
      new Map(),
    );

  const changed = (stream) => {
    const at = below(stream.length);
    const one = stream[at];
    const { timespan } = timing.some();
    const by = pick([1, -1, timespan, -timespan, timespan + 1, timespan - 1, timespan >> 1]);
    switch (below(9)) {
      case 0:
        return stream.length > 1 ? stream.toSpliced(at, 1) : stream;
      case 1:
        return [...stream, { ...one, time: one.time + by }];
      case 2:
        return stream.with(at, { ...one, time: one.time + by });
      case 3:
        return stream.map((each, place) => (place < at ? each : { ...each, time: each.time + by }));
      case 4: {
        const other = below(stream.length);
        return stream
          .with(at, { ...one, time: stream[other].time })
          .with(other, { ...stream[other], time: one.time });
      }
      case 5:
        return stream.with(at, { ...one, row: make.changed(one.row) });
      case 6:
        return stream.with(at, { ...one, row: { ...pick(stream).row, ...make.changed({}) } });
      case 7: {
        const [name] = pick([...one.keys, [undefined]]);
        return stream.with(at, { ...one, keys: new Map(one.keys).set(name, pick(oddKeys)) });
      }
      default: {
        const all = stream.flatMap(({ keys }) => [...keys.keys()]);
        const name = pick(all);
        const which = pick(oddKeys);
        return stream.map((each) => ({
          ...each,
          keys: each.keys.has(name) ? new Map(each.keys).set(name, which) : each.keys,
        }));
      }
    }
  };

  return {
    stream: () => {
      if (kept.length === 0 || chance(40)) {
        const stream = fresh();
        return chance(25) ? changed(stream) : stream;
      }
      let stream = pick(kept);
      do stream = changed(stream);
      while (chance(35));
      return stream;
    },
    /** The rows of a stream, its keys apart from those of other streams. */
    rows: (stream, number) => {
      const wordings = new Map();
      const wordingFor = (name) => {
        if (!wordings.has(name)) wordings.set(name, wordingOf(name));
        return wordings.get(name);
      };
      return timing.inClass(stream).flatMap(({ row, table, time, keys }) => {
        const keyed = [...keys].reduce(
          (known, [name, which]) =>
            name === undefined
              ? known
              : withKey(bench, known, name, { number, which, wording: wordingFor(name) }, make),
          row,
        );
        const whole = { ...keyed, [table.timeField]: new Date(time).toISOString() };
        return bench.isRow(whole) && !isShared(bench, whole) ? [{ row: whole, table }] : [];
      });
    },
    learn: (stream) => {
      kept.push(stream);
      if (kept.length > maxKept) kept.splice(below(maxKept), 1);
    },
  };
}

const oddKeys = [0, 1, 2, 'missing', 'empty', 'any'];

/** Whether two detections find the row, where data of the class has none such. */
function isShared(bench, row) {
  if (!bench.isDisjoint) return false;
  return bench.leaves.filter((leaf) => isHit(bench, leaf, row)).length > 1;
}

function isHit({ id, language }, { rule, table, expressions }, row) {
  const [read] = probed([row], expressions, table, language, interpreters[id]);
  return matcher(predicateInScope(rule, false))(read);
}

function withValue({ inClass, language }, row, { name, type, expression }, written) {
  if (expression !== undefined) return row;
  const held = [written, String(written)]
    .map((each) => stored(each, type, language))
    .find((each) => each !== undefined && inClass(each));
  return held === undefined ? row : { ...row, [name]: held };
}

/** The row with the n-th key of a stream, with none, or with anything in its place. */
function withKey({ columns, inClass, language }, row, name, { number, which, wording }, make) {
  if (!(name in columns)) return row;
  if (which === 'any') return make.put(row, name);
  const { [name]: _, ...without } = row;
  if (which === 'missing') return inClass(undefined) ? without : row;
  const type = columns[name];
  const forms =
    which === 'empty'
      ? ['']
      : [wording(number, which), `10.1.${number}.${which}`, 100 * number + which + 1];
  const held = forms
    .map((each) => stored(each, type, language))
    .find((each) => each !== undefined && inClass(each));
  return held === undefined ? row : { ...without, [name]: held };
}

/** The number of the stream that has the keys, as they were found. */
export function streamOf(keys) {
  for (const key of JSON.parse(keys)) {
    const found = /k(\d+)-\d+$|^10\.1\.(\d+)\./.exec(key);
    if (found) return Number(found[1] ?? found[2]);
    if (/^\d+$/.test(key)) return Math.floor(Number(key) / 100);
  }
  return 0;
}

/** Instants about the edges of the windows, within what the request asks for. */
function timingOf({ mapped, mayTie, range }, { below, chance, pick }) {
  const rules = [mapped, ...innerOf(mapped)];
  const { from, to } = rangeAt(mapped.range, now);
  const start = () => {
    const { timespan } = pick(rules);
    if (Number.isFinite(from) && chance(60)) {
      const end = Math.min(to, now);
      return pick([from, from - 1, end - 1, end - timespan, from + below(end - from)]);
    }
    const instant = now - 3 * mapped.timespan - 86_400_000;
    return instant - (instant % timespan) + pick([0, 0, 1, timespan - 1, timespan >> 1]);
  };
  return {
    start,
    some: () => pick(rules),
    /** As long as the window, or nearly so. */
    span: (timespan) =>
      pick([0, 1000, timespan >> 1, timespan - 1, timespan, timespan + 1, 2 * timespan]),
    /** So many offsets, the first and the last a span from one another. */
    within: (span, length) => {
      const step = length > 1 ? span / (length - 1) : 0;
      const offsets = Array.from({ length }, (_, at) => Math.round(at * step));
      if (chance(50)) return offsets;
      return offsets.map((each, at) => (at === 0 || at === length - 1 ? each : below(span + 1)));
    },
    inClass: (stream) => {
      const kept = stream.filter(({ time }) => range.from <= time && time < range.to);
      const seen = new Set();
      return mayTie ? kept : kept.filter(({ time }) => !seen.has(time) && seen.add(time));
    },
  };
}

function innerOf({ bases }) {
  return bases.flatMap(({ rule }) => (rule.kind === 'correlation' ? [rule, ...innerOf(rule)] : []));
}
