import { success } from '../../diagnostics/index.js';
import { anyRun } from '../../ir/index.js';
import type { Draft } from './draft.js';
import { wrongValue, type Place, type ValueModifier } from './modifier.js';

type Side = 'contains' | 'startswith' | 'endswith';

const anchored: Readonly<Record<Side, (source: string) => string>> = {
  contains: (source) => source,
  startswith: (source) => `\\A(?:${source})`,
  endswith: (source) => `(?:${source})\\z`,
};

function side(name: Side, about: string): ValueModifier {
  const before = name === 'startswith' ? [] : [anyRun];
  const after = name === 'endswith' ? [] : [anyRun];
  const apply = (draft: Draft, place: Place) => {
    switch (draft.kind) {
      case 'text':
        return success([{ ...draft, parts: [...before, ...draft.parts, ...after] }]);
      case 'regex':
        return success([{ ...draft, source: anchored[name](draft.source) }]);
      case 'field':
        return success([{ ...draft, test: name }]);
      default:
        return wrongValue(modifier, draft, place);
    }
  };
  const modifier: ValueModifier = {
    kind: 'value',
    name,
    family: 'string',
    about,
    accepts: ['text', 'regex', 'field'],
    gives: ['text', 'regex', 'field'],
    apply,
  };
  return modifier;
}

export const stringModifiers: readonly ValueModifier[] = [
  side('contains', 'the value stands somewhere in the field'),
  side('startswith', 'the field starts with the value'),
  side('endswith', 'the field ends with the value'),
];
