import { andThen, success } from '../../diagnostics/index.js';
import type { RegexFlags } from '../../ir/index.js';
import { compileRegex, parseRegex } from '../../regex/index.js';
import { wrongValue, type ValueModifier } from './modifier.js';

const re: ValueModifier = {
  kind: 'value',
  name: 're',
  family: 'regex',
  about: 'the value is a regular expression (RE2), found anywhere in the field, case-sensitive',
  accepts: ['text'],
  gives: ['regex'],
  first: true,
  apply: (draft, place) => {
    if (place.value.kind !== 'string') return wrongValue(re, draft, place);
    const { source, flags } = leadingFlags(place.value.text);
    return andThen(parseRegex(source, flags, place.value.span), () =>
      andThen(compileRegex(source, flags, place.value.span), () =>
        success([{ kind: 'regex', source, flags }]),
      ),
    );
  },
};

/** Takes `(?ims)` off the start, so that it need not be told from the modifiers. */
function leadingFlags(text: string): { readonly source: string; readonly flags: RegexFlags } {
  const found = /^\(\?([ims]+)\)/.exec(text);
  const set = found?.[1] ?? '';
  return {
    source: text.slice(found?.[0].length ?? 0),
    flags: {
      ignoreCase: set.includes('i'),
      multiline: set.includes('m'),
      dotAll: set.includes('s'),
    },
  };
}

function flag(names: readonly string[], key: keyof RegexFlags, about: string): ValueModifier[] {
  return names.map((name) => {
    const modifier: ValueModifier = {
      kind: 'value',
      name,
      family: 'regex',
      about,
      accepts: ['regex'],
      gives: ['regex'],
      apply: (draft, place) =>
        draft.kind === 'regex'
          ? success([{ ...draft, flags: { ...draft.flags, [key]: true } }])
          : wrongValue(modifier, draft, place),
    };
    return modifier;
  });
}

export const regexModifiers: readonly ValueModifier[] = [
  re,
  ...flag(['i', 'ignorecase'], 'ignoreCase', 'the regular expression ignores case'),
  ...flag(['m', 'multiline'], 'multiline', '^ and $ also stand at line breaks'),
  ...flag(['s', 'dotall'], 'dotAll', '. is also a line break'),
];
