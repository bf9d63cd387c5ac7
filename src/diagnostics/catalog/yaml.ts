import type { Entries } from './entry.js';

export const yaml = {
  'yaml/syntax': {
    severity: 'error',
    message: 'not YAML: {reason}',
    about:
      'The text is not YAML 1.2. The document is left out; the other documents of the file are read.',
  },
  'yaml/tab': {
    severity: 'error',
    message: 'a tab stands where YAML wants spaces',
    about: 'YAML is indented with spaces only.',
  },
  'yaml/too-deep': {
    severity: 'error',
    message: 'nested deeper than {limit} levels',
    about: 'A bound against hostile files; no rule needs as much.',
  },
  'yaml/too-large': {
    severity: 'error',
    message: '{name} is larger than {limit} characters',
    about: 'A bound against data files that were given by mistake; no rule file comes near it.',
  },
  'yaml/not-text': {
    severity: 'error',
    message: 'not a UTF-8 text: {code} stands here',
    about:
      'The file holds a NUL, half a surrogate pair, or bytes that are not UTF-8 (which decoders show as U+FFFD): it is binary, cut, or in another encoding.',
  },
  'yaml/duplicate-key': {
    severity: 'error',
    message: "the key '{key}' stands twice in one map",
    about:
      'YAML forbids it. Tools that accept it keep the last one and lose the first, so that a part of the rule is silently gone: merge the two, or put their maps into a list.',
  },
  'yaml/complex-key': {
    severity: 'error',
    message: 'a key must be a text',
    about: 'YAML allows lists and maps as keys; nothing in Sigma has them.',
  },
  'yaml/unknown-anchor': {
    severity: 'error',
    message: "no anchor '&{name}' stands before this alias",
    about:
      'An alias repeats a node of the same document that an anchor named before. A value that starts with `*` must be quoted.',
  },
  'yaml/recursive-alias': {
    severity: 'error',
    message: "the alias '*{name}' stands inside the node that it repeats",
    about: 'The node would contain itself without end.',
  },
  'yaml/too-many-aliases': {
    severity: 'error',
    message: 'the aliases of this document stand for more than {limit} nodes',
    about: 'A bound against texts whose aliases of aliases grow without measure.',
  },
  'yaml/merge': {
    severity: 'error',
    message: "'<<' merges a map, or a list of maps",
    about:
      "The merge key copies the entries of other maps, so its value must be maps. A field of this name must be quoted: `'<<'`.",
  },
  'yaml/unknown-tag': {
    severity: 'error',
    message: "the tag '{tag}' is not known",
    about:
      'Only the tags of the core schema are read: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq`, `!!map`. A value that starts with `!` must be quoted.',
  },
  'yaml/two-readings': {
    severity: 'warning',
    message: "'{raw}' is {reading} in YAML 1.1, and {core} in YAML 1.2",
    about:
      'Sigma is YAML 1.2, and is read so here; many tools read YAML 1.1, where `yes`, `on`, `0777`, `1:30` and dates have another type. Quotes make it a string for all.',
  },
} as const satisfies Entries<'yaml'>;
