import { describe, expect, test } from 'vitest';
import { matcher } from '../../src/evaluate/index.js';
import { fold, type Field, type Predicate } from '../../src/ir/index.js';
import { pipelineIds, transform } from '../../src/pipeline/index.js';
import { eventMapper, mapEvent, type Row } from '../../src/rows/index.js';
import { shipped } from '../pipeline/rules.js';
import { corpora, detectionsOf } from '../support/corpus.js';

// Renaming and scoping keep the meaning, on the rules of the corpus and on events made from them.

const options = { vars: new Map<string, string>(), unscoped: false };

/** How many made events match at least, so that something was compared. */
const least = { own: 3, SigmaHQ: 500 };

/** Values that just match and just miss the atoms, by field. */
function candidates(predicate: Predicate): ReadonlyMap<string, readonly (string | number)[]> {
  const found = new Map<string, (string | number)[]>();
  const add = (field: Field, ...values: (string | number)[]): unknown =>
    found.set(field.name, [...(found.get(field.name) ?? []), ...values]);
  const nothing = (): unknown => undefined;
  fold<unknown>(predicate, {
    and: nothing,
    or: nothing,
    not: nothing,
    constant: nothing,
    string: ({ field, pattern }) => {
      const text = (run: string): string =>
        pattern
          .map((part) => (typeof part === 'string' ? part : part.kind === 'any-run' ? run : 'q'))
          .join('');
      add(field, text(''), text('z'), text('A\\b'), `${text('')}~`, text('').toUpperCase());
    },
    number: ({ field, value }) => add(field, Number(value), Number(value) + 1),
    boolean: ({ field, value }) => add(field, String(value), String(!value)),
    null: ({ field }) => add(field, 'x'),
    blank: ({ field }) => add(field, 'x'),
    exists: ({ field }) => add(field, 'x'),
    comparison: ({ field, value }) =>
      add(field, Number(value), Number(value) + 1, Number(value) - 1),
    regex: ({ field }) => add(field, 'x'),
    cidr: ({ field, network }) => add(field, network.replace(/\/.*/, ''), '8.8.8.8'),
    field: ({ field, other }) => {
      add(field, 'same');
      add(other, 'same', 'other');
    },
    'time-part': nothing,
    keyword: nothing,
    'keyword-regex': nothing,
  });
  return found;
}

function fieldsIn(predicate: Predicate): readonly Field[] {
  const found: Field[] = [];
  JSON.stringify(predicate, (key, value: unknown) => {
    if (key === 'field' || key === 'other') found.push(value as Field);
    return key === 'origin' ? undefined : value;
  });
  return found;
}

/** A small generator with a seed, so that a failure is the same on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The reference evaluator knows no query text: what an expression yields is put under its name. */
function withExpressions(row: Row, event: Row, fields: readonly Field[]): Row {
  const values: Record<string, Row[string]> = { ...row };
  for (const { name, expression } of fields) {
    if (expression !== undefined) values[name] = yielded(expression, row) ?? event[name]!;
  }
  return values;
}

/** The few forms of expressions that do more than read a value back. */
function yielded(expression: string, row: Row): string | undefined {
  const joined = /^strcat\((\w+), @"\\", (?:iff.*, )?(\w+)\)+$/.exec(expression);
  if (joined) return `${text(row[joined[1]!])}\\${text(row[joined[2]!])}`;
  const inside = /^tostring\(parse_json\(tostring\(AdditionalFields\)\)\.(\w+)\)$/.exec(expression);
  const fields = row['AdditionalFields'] as Row | undefined;
  return inside ? text(fields?.[inside[1]!]) : undefined;
}

function text(value: Row[string] | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

describe.each(corpora)('of $name', (corpus) => {
  const rules = detectionsOf(corpus);

  test.each(['kql', 'spl', 'esql'])(
    '%s: a rule matches an event as it does its row',
    async (backend) => {
      const ids = pipelineIds(backend).filter((id) => id !== 'plain' && id !== 'defender-xdr');
      const pipelines = await shipped(backend, ...ids);
      const differences: string[] = [];
      let compared = 0;
      let matched = 0;
      rules.forEach((of, index) => {
        const outcome = transform(of, pipelines, { ...options, backend });
        if (!outcome.ok || outcome.value.kind !== 'detection') return;
        const { predicate, target } = outcome.value;
        const mapper = eventMapper(of, target!.place, [], pipelines, options.vars);
        if (!mapper || mapper.isWhole) return;
        if (target!.assumptions.length > 0) return;
        const targetFields = fieldsIn(predicate);
        const before = matcher(of.predicate);
        const after = matcher(predicate);
        const scope = matcher(target!.scope);
        const fields = [...candidates(of.predicate)];
        const pick = random(index + 1);
        for (let run = 0; run < 12; run++) {
          const event = Object.fromEntries(
            fields.flatMap(([name, values]) =>
              pick(6) === 0
                ? []
                : [
                    [
                      name,
                      values[run < 4 ? Math.min(run, values.length - 1) : pick(values.length)]!,
                    ],
                  ],
            ),
          ) as Row;
          const row = mapEvent(mapper, event);
          if (!row) continue;
          compared++;
          const full = withExpressions(row, event, targetFields);
          if (before(event)) matched++;
          if (before(event) !== after(full))
            differences.push(
              `${of.header.title.value}: ${JSON.stringify(event)} ${JSON.stringify(row)}`,
            );
          if (!JSON.stringify(target!.scope).includes('"expression"') && !scope(row))
            differences.push(`${of.header.title.value}: out of scope`);
        }
      });
      if (process.env['ISOSIGMA_COVERAGE'] !== undefined)
        console.log(
          backend,
          compared,
          matched,
          differences.length,
          differences.slice(0, 15).join('\n'),
        );
      expect(differences).toEqual([]);
      expect(matched).toBeGreaterThanOrEqual(least[corpus.name]);
    },
  );
});
