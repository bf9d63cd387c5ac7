import { diagnostic, failure, success } from '../../diagnostics/index.js';
import type { ComparisonAtom, TimePartAtom } from '../../ir/index.js';
import { wrongValue, type ValueModifier } from './modifier.js';

function comparison(operator: ComparisonAtom['operator'], about: string): ValueModifier {
  const modifier: ValueModifier = {
    kind: 'value',
    name: operator,
    family: 'number',
    about,
    accepts: ['number'],
    gives: ['comparison'],
    first: true,
    apply: (draft, place) =>
      draft.kind === 'number'
        ? success([{ kind: 'comparison', operator, value: draft.value }])
        : wrongValue(modifier, draft, place),
  };
  return modifier;
}

function timePart(part: TimePartAtom['part'], least: number, most: number): ValueModifier {
  const modifier: ValueModifier = {
    kind: 'value',
    name: part,
    family: 'time',
    about: `the ${part} of the date in the field, in UTC${part === 'week' ? ' (ISO 8601)' : ''}`,
    accepts: ['number'],
    gives: ['time-part'],
    first: true,
    apply: (draft, place) => {
      if (draft.kind !== 'number') return wrongValue(modifier, draft, place);
      const value = Number(draft.value);
      if (Number.isInteger(value) && value >= least && value <= most) {
        return success([{ kind: 'time-part', part, value }]);
      }
      const range = `from ${least} to ${most}`;
      const parameters = { modifier: part, range, value: draft.written };
      return failure(diagnostic('modifier/out-of-range', place.value.span, parameters));
    },
  };
  return modifier;
}

export const numberModifiers: readonly ValueModifier[] = [
  comparison('lt', 'the field is less than the number'),
  comparison('lte', 'the field is at most the number'),
  comparison('gt', 'the field is greater than the number'),
  comparison('gte', 'the field is at least the number'),
  timePart('minute', 0, 59),
  timePart('hour', 0, 23),
  timePart('day', 1, 31),
  timePart('week', 1, 52),
  timePart('month', 1, 12),
  timePart('year', 0, 9999),
];
