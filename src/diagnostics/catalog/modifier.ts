import type { Entries } from './entry.js';

export const modifier = {
  'modifier/unknown': {
    severity: 'error',
    message: "there is no modifier '{name}'",
    about:
      'The modifiers are those of the Sigma specification 2.1; `isosigma list modifiers` names them.',
  },
  'modifier/repeated': {
    severity: 'error',
    message: "'{name}' stands twice on one item",
    about:
      'The modifier is said of the whole item, so that a second one means nothing, or the opposite.',
  },
  'modifier/wrong-value': {
    severity: 'error',
    message: "'{modifier}' takes {wanted}, not {found}",
    about:
      'Modifiers are applied in the order in which they are written, and each takes certain kinds of value. What stands before it gave another kind.',
  },
  'modifier/not-first': {
    severity: 'error',
    message: "'{modifier}' must be the first modifier, but follows '{before}'",
    about:
      'The modifier reads the value as it is written (a regular expression, a network, the name of a field), so that nothing can be done to the value before.',
  },
  'modifier/combination': {
    severity: 'error',
    message: "'{modifier}' and '{other}' do not go together: {reason}",
    about: 'The specification forbids the combination, or it has no meaning.',
  },
  'modifier/needs-field': {
    severity: 'error',
    message: "'{modifier}' needs a field",
    about:
      'Keywords are searched in the text of the event; a test of numbers, networks, dates or presence needs a field.',
  },
  'modifier/single-value': {
    severity: 'error',
    message: "'{modifier}' needs {wanted}",
    about:
      '`all` links the values of a list by AND, so it needs a list; `exists` takes exactly one boolean.',
  },
  'modifier/unfinished-bytes': {
    severity: 'error',
    message: "'{modifier}' gives bytes, which no field holds as text",
    about:
      'UTF-16 modifiers prepare a value for base64 or base64offset, one of which must follow them.',
  },
  'modifier/wildcard': {
    severity: 'error',
    message: "'{modifier}' cannot encode a wildcard",
    about:
      'An encoding has no counterpart of a wildcard. Escape a literal star or question mark with a backslash, and write `contains` and the like behind the encoding.',
  },
  'modifier/too-short': {
    severity: 'error',
    message: "'{modifier}' has nothing left of '{value}' in some of its three positions",
    about:
      'base64offset keeps the letters that do not depend on the neighbours. Of one or two bytes there may be none, and the item would match everything.',
  },
  'modifier/too-many-values': {
    severity: 'error',
    message: "'{modifier}' makes more than {limit} values of one",
    about:
      'Every dash stands for five characters, and every placeholder for all its values, in all combinations.',
  },
  'modifier/bad-network': {
    severity: 'error',
    message: "'{value}' is no network: {reason}",
    about: '`cidr` takes an IPv4 or IPv6 network with its prefix length, and no host bits set.',
  },
  'modifier/out-of-range': {
    severity: 'error',
    message: "'{modifier}' takes a whole number {range}, not {value}",
    about: 'The parts of a date have the ranges that the Sigma specification gives.',
  },
  'modifier/unhandled-placeholder': {
    severity: 'error',
    message: 'nothing says what the placeholder %{name}% stands for',
    about:
      'A placeholder gets its values from a processing pipeline. The specification requires that a rule with an unhandled one is rejected.',
  },
} as const satisfies Entries<'modifier'>;
