import type { Entries } from './entry.js';

export const cli = {
  'cli/no-such-file': {
    severity: 'error',
    message: 'there is no file or folder {path}',
    about: 'A path on the command line, or one that a rule or pipeline names, leads to nothing.',
  },
  'cli/cannot-read': {
    severity: 'error',
    message: 'cannot read {path}: {reason}',
    about: 'The file or folder is there, and the operating system does not let it be read.',
  },
  'cli/file-outside': {
    severity: 'error',
    message: '{name} leads out of {folder}',
    about:
      'The files of `file_placeholders` lie in the folder of their pipeline, or in the one that `--placeholder-files` names: a pipeline from elsewhere could otherwise put any file of the host into a query.',
  },
  'cli/refused-by-host': {
    severity: 'error',
    message: 'cannot go on with {path}: {reason}',
    about:
      'The operating system refused to read or write a file: for want of a permission or of space, or because a part of the path is no folder.',
  },
  'cli/no-rules': {
    severity: 'error',
    message: 'no Sigma rule in {path}',
    about:
      'A file without a rule in it, or a folder without any `.yml` or `.yaml` file, is an error: it is more often a wrong path than an empty rule set.',
  },
  'cli/not-utf8': {
    severity: 'error',
    message: '{path} is not UTF-8 text',
    about:
      'Rules, events and queries are UTF-8 (Sigma rules 2.1, "Yaml File"). A binary file, or one in another encoding, is not read.',
  },
  'cli/unknown-backend': {
    severity: 'error',
    message: 'there is no backend {id}',
    about: '`isosigma list backends` names the query languages.',
  },
  'cli/unknown-pipeline': {
    severity: 'error',
    message: 'there is no pipeline {name}',
    about:
      '`isosigma list pipelines` names those that ship with Isosigma. A name with a dot or a slash in it is a file.',
  },
  'cli/field-types': {
    severity: 'error',
    message: 'expected {expected}',
    about:
      "`--types` takes YAML or JSON: a map of fields to types in the language's own words (`source.ip: ip`), or a mapping of Elasticsearch as `GET index/_mapping` gives it.",
  },
  'cli/unknown-type': {
    severity: 'error',
    message: '{language} has no type {type}',
    about: 'A column without a type that the language has would be read as something else.',
  },
  'cli/events-without-time': {
    severity: 'warning',
    message: '{count} events have no readable time in {field} and take no part in correlations',
    about:
      'A correlation needs the time of its events, as RFC 3339 text or epoch milliseconds. `--time-field` names the field.',
  },
  'cli/several-tables': {
    severity: 'warning',
    message: 'rules of one log source ask several tables in {backend}: {sources}',
    about:
      'Each rule asks the first table that has all its fields. A site that fills only one of these tables finds nothing with the rules that ask another; their certificates name the tables.',
  },
  'cli/cannot-write': {
    severity: 'error',
    message: 'cannot write to {path}: {reason}',
    about:
      'The output folder could not be made or written to. No half-written file is left behind.',
  },
} as const satisfies Entries<'cli'>;
