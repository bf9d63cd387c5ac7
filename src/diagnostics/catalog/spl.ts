import type { Entries } from './entry.js';

export const spl = {
  'spl/syntax': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    about: 'The query does not follow the grammar of SPL at this place.',
  },
  'spl/unterminated': {
    severity: 'error',
    message: '{what} is never closed',
    about: 'A quotation mark, a bracket or a comment has no partner.',
  },
  'spl/literal-too-long': {
    severity: 'error',
    message: 'a text of {length} characters; at most {most} are read',
    about: 'Such a text is a mistake or an attack; both are better told than run.',
  },
  'spl/too-deep': {
    severity: 'error',
    message: 'nested deeper than {most} levels',
    about: 'Conditions and brackets nest to a fixed depth, so that no query exhausts the stack.',
  },
  'spl/unknown-command': {
    severity: 'error',
    message: 'the command {name} is not supported',
    about:
      'The interpreter runs a subset of SPL; it refuses what it does not know and never guesses.',
  },
  'spl/macro': {
    severity: 'error',
    message: 'the macro {name} is not defined here',
    about:
      'Macros are text that an app on a search head defines. Expand the macro before the query is run.',
  },
  'spl/subsearch': {
    severity: 'error',
    message: 'a subsearch cannot stand here',
    about:
      'Subsearches run inside multisearch, append and union. As part of a filter they are cut off silently after 10,000 results, so that no exact query holds one.',
  },
  'spl/command-position': {
    severity: 'error',
    message: '{name} must be the first command',
    about: 'A generating command makes events; nothing can stand before it.',
  },
  'spl/not-streaming': {
    severity: 'error',
    message: '{name} cannot stand inside multisearch',
    about: 'multisearch runs its searches side by side and takes only streaming commands.',
  },
  'spl/too-few-searches': {
    severity: 'error',
    message: '{name} takes at least {least} searches in brackets',
    about: 'The command joins the results of several searches.',
  },
  'spl/unknown-function': {
    severity: 'error',
    message: 'the function {name}() is not supported',
    about: 'The interpreter runs a subset of the functions; it refuses the others by name.',
  },
  'spl/wrong-arity': {
    severity: 'error',
    message: '{name}() takes {expected}, not {found}',
    about: 'A function has too few or too many arguments.',
  },
  'spl/wrong-argument': {
    severity: 'error',
    message: '{name}() takes {expected} here',
    about: 'A function has an argument of a kind that it cannot use.',
  },
  'spl/unknown-option': {
    severity: 'error',
    message: 'the option {option} of {command} is not supported',
    about: 'The option does not exist, or the interpreter does not support it.',
  },
  'spl/option-value': {
    severity: 'error',
    message: '{option} takes {expected}, not {found}',
    about: 'The value of an option is of the wrong kind or out of range.',
  },
  'spl/not-boolean': {
    severity: 'error',
    message: 'a condition is needed here, and this is a value',
    about:
      'where, AND, OR, NOT and if() take conditions: comparisons and functions such as match().',
  },
  'spl/boolean-value': {
    severity: 'error',
    message: 'a value is needed here, and this is a condition',
    about: 'The result of a condition cannot be stored in a field; if() makes a value of it.',
  },
  'spl/two-literals': {
    severity: 'warning',
    message: 'two literals are compared',
    about:
      'In eval and where, double quotes make a text, never a field name. A field name that needs quotes takes single ones.',
  },
  'spl/lower-case-operator': {
    severity: 'warning',
    message: '{word} in lower case is a word to search for',
    about: 'In a search, only AND, OR, NOT and IN in upper case are operators.',
  },
  'spl/invalid-time': {
    severity: 'error',
    message: '{text} is not a time',
    about:
      'earliest and latest take epoch seconds, a relative time such as -24h@h, or %m/%d/%Y:%H:%M:%S.',
  },
  'spl/invalid-cidr': {
    severity: 'error',
    message: '{text} is not a range of addresses',
    about: 'A range is an IPv4 or IPv6 address, a slash and the length of the prefix.',
  },
  'spl/invalid-format': {
    severity: 'error',
    message: '%{directive} is not a supported time format',
    about: 'strftime() and strptime() know the directives listed in docs/dialects/spl.md.',
  },
  'spl/regex-construct': {
    severity: 'error',
    message: '{construct} cannot be run by RE2',
    about:
      'Splunk runs PCRE, the interpreter RE2. What RE2 has no equal for (look-around, back-references, possessive and atomic matching) is refused.',
  },
  'spl/group-name': {
    severity: 'error',
    message: 'rex needs a named group, as in (?<name>…)',
    about: 'rex makes a field of every named group; without one it does nothing.',
  },
  'spl/unsorted': {
    severity: 'error',
    message: 'time_window needs rows sorted by _time',
    about:
      'streamstats with time_window reads rows in the order of _time, up or down, and each row has one.',
  },
  'spl/truncated': {
    severity: 'warning',
    message: '{command} keeps {kept} of {found} rows',
    about:
      'Splunk cuts the rows off without a word at a limit of the command; so does this interpreter, and says so.',
  },
  'spl/unverified': {
    severity: 'warning',
    message: 'not documented by Splunk: {what}',
    about:
      'The query depends on a detail that Splunk does not document; the interpreter makes the choice that docs/dialects/spl.md states.',
  },
  'spl/estimate': {
    severity: 'warning',
    message: '{name}() is an estimate in Splunk where there are more than 1,000 different values',
    about:
      'The result is exact here. Splunk counts with HyperLogLog and takes percentiles from a digest beyond that number; dc() and exactperc() do not.',
  },
  'spl/too-many-rows': {
    severity: 'error',
    message: 'this makes more than {most}',
    about:
      'What one command makes is bounded, as Splunk bounds the memory of one. Filter before, or expand fewer values.',
  },
  'spl/too-many-combinations': {
    severity: 'error',
    message: 'one row belongs to more than {most} groups',
    about:
      'A row with several values in the fields after by belongs to a group for every combination of them; their number is bounded.',
  },
  'spl/event-depth': {
    severity: 'error',
    message: 'event {index} is nested deeper than {most} levels',
    about: 'Events nest to a fixed depth, so that no event exhausts the stack.',
  },
} as const satisfies Entries<'spl'>;
