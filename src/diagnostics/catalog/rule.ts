import type { Entries } from './entry.js';

export const rule = {
  'rule/no-kind': {
    severity: 'error',
    message: 'not a Sigma rule: there is no detection, correlation or filter in this document',
    about:
      'One of the three keys makes a YAML document a detection rule, a correlation rule or a filter.',
  },
  'rule/two-kinds': {
    severity: 'error',
    message: "a document with '{first}' cannot have '{second}' too",
    about: 'Detections, correlations and filters are documents of their own, separated by `---`.',
  },
  'rule/missing-key': {
    severity: 'error',
    message: "the key '{key}' is missing",
    about: 'The specification requires this key here.',
  },
  'rule/unknown-key': {
    severity: 'error',
    message: "there is no key '{key}' in {where}",
    about:
      'This part of a rule decides what it means, so a key that nobody reads is more likely a slip than a remark. Custom keys belong to the top level.',
  },
  'rule/wrong-type': {
    severity: 'error',
    message: '{key} must be {type}',
    about: 'The specification gives this key another type.',
  },
  'rule/empty-logsource': {
    severity: 'error',
    message: 'the log source names no category, product or service',
    about: 'Without any of the three nobody can tell which events the rule is about.',
  },
  'rule/no-selection': {
    severity: 'error',
    message: 'there is no selection',
    about: 'A detection has at least one search identifier besides its condition.',
  },
  'rule/empty-selection': {
    severity: 'error',
    message: "the selection '{name}' is empty",
    about: 'A selection without any item could mean every event or none; Sigma does not say which.',
  },
  'rule/empty-list': {
    severity: 'error',
    message: "the list of '{key}' is empty",
    about:
      'A list is an alternative of its values, and there are none. Tools read it as no match, as every match, or as null.',
  },
  'rule/empty-modifier': {
    severity: 'error',
    message: 'a modifier is missing behind `|`',
    about: 'A field name and its modifiers are separated by bars.',
  },
  'rule/null-in-list': {
    severity: 'error',
    message: 'null cannot be part of a list',
    about:
      'The specification says so (Sigma rules 2.1, "Special field values"): put `field: null` into a selection of its own and link it by the condition.',
  },
  'rule/null-keyword': {
    severity: 'error',
    message: 'null cannot be a keyword',
    about: 'A keyword is searched in the text of an event, and there is no text to search.',
  },
  'rule/not-finite': {
    severity: 'error',
    message: "'{raw}' is a number that no event holds",
    about: 'YAML reads `.inf` and `.nan` as numbers. If the text is meant, quote it.',
  },
  'rule/timeframe': {
    severity: 'error',
    message:
      'timeframe belongs to the aggregations of Sigma 1, which Sigma 2 replaced by correlations',
    about: '`isosigma migrate` writes the correlation rule.',
  },
  'rule/unknown-action': {
    severity: 'error',
    message: 'an action is one of {known}',
    about: 'The key `action` of Sigma 1 makes a document an instruction for those that follow.',
  },
  'rule/global-conflict': {
    severity: 'error',
    message: "'{key}' stands in the global document too",
    about:
      'Tools disagree on which of the two counts. Remove the key from the document with `action: global`, or from this one.',
  },
  'rule/isosigma-key': {
    severity: 'error',
    message: 'isosigma: {reason}',
    about:
      'The custom key `isosigma:` says what Sigma has no words for. Its schema is `schema/isosigma.schema.json` in the package.',
  },
  'rule/unknown-reference': {
    severity: 'error',
    message: "no rule has the id or name '{reference}'",
    about:
      'Correlations and filters refer to rules by id or name. The rule may stand in any of the files that are read together.',
  },
  'rule/ambiguous-reference': {
    severity: 'error',
    message: "{count} rules have the id or name '{reference}'",
    about: 'Ids and names must be unique among the rules that are read together.',
  },
  'rule/broken-reference': {
    severity: 'error',
    message: "the rule '{reference}' has errors",
    about: 'A rule cannot be better than those that it is made of.',
  },
  'rule/more-problems': {
    severity: 'info',
    message: '{count} more problems of this document are not told, {errors} of them errors',
    about:
      'Of one rule, or pipeline file, at most twenty problems are told, errors first: mend these, and look again.',
  },
} as const satisfies Entries<'rule'>;
