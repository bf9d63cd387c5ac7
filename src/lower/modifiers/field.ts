import { success } from '../../diagnostics/index.js';
import { wrongValue, type ValueModifier } from './modifier.js';

const fieldref: ValueModifier = {
  kind: 'value',
  name: 'fieldref',
  family: 'field',
  about: 'the value is the name of another field of the event, to compare with',
  accepts: ['text'],
  gives: ['field'],
  first: true,
  apply: (draft, place) =>
    place.value.kind === 'string'
      ? success([{ kind: 'field', name: place.value.text, test: 'equals' }])
      : wrongValue(fieldref, draft, place),
};

const exists: ValueModifier = {
  kind: 'value',
  name: 'exists',
  family: 'field',
  about: 'the event has the field (true), be it empty or null, or has it not (false)',
  accepts: ['boolean'],
  gives: ['exists'],
  first: true,
  apply: (draft, place) =>
    draft.kind === 'boolean'
      ? success([{ kind: 'exists', value: draft.value }])
      : wrongValue(exists, draft, place),
};

export const fieldModifiers: readonly ValueModifier[] = [fieldref, exists];
