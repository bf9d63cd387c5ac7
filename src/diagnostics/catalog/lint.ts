import type { Entries } from './entry.js';

export const lint = {
  'lint/missing-id': {
    severity: 'info',
    message: 'the rule has no id',
    about:
      'An id (a UUID) stays the same when title and file change, so that others can refer to the rule.',
  },
  'lint/not-a-uuid': {
    severity: 'warning',
    message: "the id '{id}' is not a UUID",
    about: 'The specification wants a UUID, of version 4 at best.',
  },
  'lint/not-unique': {
    severity: 'warning',
    message: "the {key} '{value}' belongs to another rule too",
    about:
      'Ids and names are references, and titles are what people see in alerts: each should mean one rule.',
  },
  'lint/unknown-value': {
    severity: 'warning',
    message: "there is no {key} '{value}': it is one of {known}",
    about: 'Tools that sort or select rules by this value do not find the rule.',
  },
  'lint/not-a-date': {
    severity: 'warning',
    message: "'{date}' is not a date of the form YYYY-MM-DD",
    about: 'The specification writes dates as ISO 8601 does.',
  },
  'lint/modified-before-date': {
    severity: 'info',
    message: 'the rule was modified before it was made, on {date}',
    about: 'One of the two dates is wrong.',
  },
  'lint/too-long': {
    severity: 'warning',
    message: 'the {key} is longer than {limit} characters',
    about: 'The specification has this limit, and platforms cut what is longer.',
  },
  'lint/repeated': {
    severity: 'info',
    message: "'{value}' stands twice in {key}",
    about: 'The specification wants the items of its lists to be unique.',
  },
  'lint/tag-format': {
    severity: 'warning',
    message: "the tag '{tag}' is not of the form namespace.name",
    about:
      'Tags are lower case: a namespace, a dot, and a name of letters, digits, `.`, `_` and `-`.',
  },
  'lint/tag-namespace': {
    severity: 'info',
    message: "the tag namespace '{namespace}' is not one of Sigma's",
    about:
      'The namespaces are attack, car, cve, d3fend, detection, stp and tlp. Others are allowed, and known to nobody else.',
  },
  'lint/tag-value': {
    severity: 'warning',
    message: "'{tag}' is not a tag of the namespace {namespace}",
    about: 'Tools that read these tags, to fill an ATT&CK matrix for example, will not find it.',
  },
  'lint/file-name': {
    severity: 'info',
    message: "the file name '{name}' is not what the specification asks for",
    about:
      'File names have 10 to 70 characters: lower case letters, digits and `_`, and the ending `.yml`.',
  },
  'lint/unused-selection': {
    severity: 'warning',
    message: "no condition uses the selection '{name}'",
    about: 'It has no effect. Often the condition was meant to name it.',
  },
  'lint/them-is-one': {
    severity: 'info',
    message: "'them' is only '{name}'",
    about: 'With one selection, its name says the same and does not change when another is added.',
  },
  'lint/all-of-them': {
    severity: 'info',
    message: "'all of them' takes in every selection, also those that are added later",
    about: 'The specification discourages it: name the selections, or use a pattern.',
  },
  'lint/filter-keeps': {
    severity: 'warning',
    message: 'the filter keeps what its selection matches, for its condition has no negation',
    about:
      "A filter is ANDed with the rule as written. The specification's own example has `condition: selection` and says that it suppresses matches, but what it does is to keep only them. Write `not selection`.",
  },
  'lint/control-character': {
    severity: 'warning',
    message: 'the value holds the invisible character {code}',
    about:
      'In double quotes YAML reads `\\t`, `\\n` and others as control characters, also in paths such as "C:\\temp". Single quotes take the text as it is.',
  },
  'lint/double-wildcard': {
    severity: 'info',
    message: 'two stars match what one does',
    about: 'A star is any run of characters already.',
  },
  'lint/escaped-wildcard': {
    severity: 'warning',
    message: 'the backslash makes the star behind it a plain star',
    about: 'In `C:\\Users\\*\\Temp` the star is no wildcard, for a backslash before it escapes it.',
  },
  'lint/wildcard-for-modifier': {
    severity: 'info',
    message: "the modifier '{modifier}' says the same without stars",
    about: 'Modifiers need no escapes, and targets have words for them.',
  },
  'lint/repeated-value': {
    severity: 'info',
    message: "the value '{value}' stands twice in this list",
    about: 'Values are compared without regard to case, so that two spellings are one value.',
  },
  'lint/never-decides': {
    severity: 'info',
    message: "the value '{value}' never decides, for '{other}' is in this list",
    about:
      'Of values of which any will do, one with a shorter one in it adds nothing; of values that are all asked for, one inside a longer one.',
  },
  'lint/impossible-all': {
    severity: 'warning',
    message: "'{field}' cannot equal several values at once",
    about:
      "`all` asks for every value of the list. Unless the field holds a list itself, that needs 'contains' or wildcards.",
  },
  'lint/glued-option': {
    severity: 'warning',
    message: "an option is glued to the program '{program}'",
    about: 'A blank seems to be missing: no command line begins so.',
  },
  'lint/no-program': {
    severity: 'warning',
    message: "no command line begins with '{first}'",
    about:
      'A whole command line starts with its program. This value can never be equal to one; perhaps it is the second half of another.',
  },
  'lint/whole-command-line': {
    severity: 'info',
    message: 'the value must be the whole command line',
    about:
      'Another path, an `.exe`, a second blank or one more option escapes it. Compare parts with contains, startswith or endswith.',
  },
  'lint/cased-on-windows': {
    severity: 'warning',
    message: "Windows does not tell upper and lower case apart in '{field}'",
    about: 'Whoever types `WHOAMI` runs whoami, and escapes a test with `cased`.',
  },
  'lint/twin-values': {
    severity: 'info',
    message: "'{value}' often comes with '{twin}', and counts as another value",
    about:
      '`net` hands some commands on to `net1`, so that one act yields two distinct values and the threshold is lower than it looks.',
  },
  'lint/run-day-dependent-range': {
    severity: 'warning',
    message: 'which month this is depends on the day of the run',
    about:
      'The month that contains now minus some days is the last one early in a month, and the current, unfinished one later.',
  },
  'lint/long-look-back': {
    severity: 'info',
    message: 'the rule looks back more than 14 days',
    about:
      'A scheduled rule of Microsoft Sentinel sees 14 days at most; run it as a hunting query, or make it shorter.',
  },
  'lint/total-window': {
    severity: 'info',
    message: 'the threshold may be reached over the whole range, however slowly',
    about:
      'Events that are weeks apart count together. Behaviour that takes minutes is found with fewer false alarms in a sliding window.',
  },
  'lint/empty-group': {
    severity: 'info',
    message: 'events without a group-by field make a group of their own',
    about:
      'What they have in common is only that something is missing, so that unrelated events add up.',
  },
  'lint/account-without-domain': {
    severity: 'info',
    message: "'{field}' without '{domain}' takes accounts of the same name for one",
    about: 'Local and domain accounts share names such as Administrator.',
  },
  'lint/case-of-host': {
    severity: 'info',
    message: "two spellings of one '{field}' make two groups",
    about: 'Keys are compared to the letter, and the case of host names differs between sources.',
  },
  'lint/column-hides-time': {
    severity: 'warning',
    message: "the column '{name}' takes the place of the event's time",
    about: 'Platforms take the time of the alert from it. Give the column another name.',
  },
} as const satisfies Entries<'lint'>;
