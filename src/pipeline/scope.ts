import type { Span } from '../diagnostics/index.js';
import type { Predicate } from '../ir/index.js';
import { allOf, anyOf, negate } from './connect.js';
import { glob } from './glob.js';
import { fieldOf } from './map-atom.js';
import type { ScopeCondition, TargetSpec } from './model/index.js';
import type { Columns } from './values/carried.js';
import { absent, withoutMissing } from './values/missing-words.js';
import { equals } from './values/words.js';

/** A target, whether the columns of its table are known, and what variables stand for. */
interface Place {
  readonly spec: Pick<TargetSpec, 'scope'>;
  readonly columns?: object;
  readonly variable: (text: string) => string;
}

/** What holds for the rows of the log source, and for no others of the table. */
export function scopeOf(place: Place, columns: Columns, origin: Span): Predicate {
  const alternatives = place.spec.scope.map((all) =>
    allOf(
      all.map((each) => scopeTest(each, place, columns, origin)),
      origin,
    ),
  );
  return anyOf(alternatives, origin);
}

/** The values of a condition; a variable may stand for several, with commas between. */
export function scopeValues(
  { values }: ScopeCondition,
  { variable }: Pick<Place, 'variable'>,
): readonly (string | boolean)[] {
  return values.flatMap((value) =>
    typeof value === 'string' && value.includes('{') ? variable(value).split(',') : [value],
  );
}

function scopeTest(
  condition: ScopeCondition,
  place: Place,
  columns: Columns,
  origin: Span,
): Predicate {
  const field = fieldOf(condition.field.column, condition.field, columns);
  const { missing = [] } = condition.field;
  const tests = scopeValues(condition, place).map((value): Predicate => {
    if (typeof value === 'boolean') return { kind: 'boolean', field, value, origin };
    if (missing.includes(value)) return absent(field, missing, origin);
    // A column of a table is always there: to have a value it must hold one.
    if (value === '*' && place.columns) return negate({ kind: 'blank', field, origin }, origin);
    if (value.includes('*')) {
      const test: Predicate = { kind: 'string', field, pattern: glob(value), cased: false, origin };
      return withoutMissing(test, field, missing);
    }
    const test = equals(field, value, origin);
    return test.kind === 'string' ? { ...test, cased: condition.cased } : test;
  });
  const any = anyOf(tests, origin);
  return condition.negated ? negate(any, origin) : any;
}
