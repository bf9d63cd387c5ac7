import type { Command } from '../command.js';
import { destinationOptions } from '../destination-options.js';
import { durationOf, noDuration } from '../duration.js';
import { languages } from '../languages.js';
import { numberOptions } from '../number-options.js';

const time = 'RFC 3339 or epoch milliseconds';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'convert',
    usage: '<paths..>',
    about: 'Rules to queries, each exact or refused with the reason',
    options: (yargs) =>
      destinationOptions(yargs)
        .positional('paths', {
          describe: 'Rule files, folders, or - for standard input',
          type: 'string',
          array: true,
        })
        .option('output', {
          alias: 'o',
          type: 'string',
          describe: 'Write one file a rule and backend into this folder',
        })
        .option('every', {
          type: 'string',
          describe: 'Say how far a search that runs every 5m, 1h or 1d has to look back',
        })
        .check(
          ({ every }) =>
            durationOf(every) !== undefined || every === undefined || noDuration('every', every),
        )
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 rules -b kql,spl,eql', 'every rule in three languages')
        .example('$0 rule.yml -b kql -p defender-xdr', 'for Defender XDR')
        .example('$0 rules -b esql -o queries', 'one file a rule')
        .example('cat rule.yml | $0 - --format json', 'with certificates, for programs'),
    run: async (args) => (await import('./convert.js')).runConvert(args),
  },
  {
    name: 'check',
    usage: '<paths..>',
    about: 'What is wrong with rules, or could be better',
    options: (yargs) =>
      yargs
        .positional('paths', {
          describe: 'Rule files, folders, or - for standard input',
          type: 'string',
          array: true,
        })
        .option('format', {
          choices: ['text', 'json', 'sarif', 'github'],
          default: 'text',
          describe: 'What to print',
        })
        .option('attack', {
          type: 'string',
          describe: "MITRE's enterprise-attack.json, to check the ATT&CK ids of tags",
        })
        .example('$0 rules', 'errors, warnings and notes, each with its line')
        .example('$0 rules --format sarif > rules.sarif', 'for code scanning'),
    run: async (args) => (await import('./check.js')).runCheck(args),
  },
  {
    name: 'evaluate',
    usage: '<paths..>',
    about: 'The reference evaluator: which events match, what alerts',
    options: (yargs) =>
      yargs
        .positional('paths', {
          describe: 'Rule files, folders, or - for standard input',
          type: 'string',
          array: true,
        })
        .option('events', {
          alias: 'e',
          type: 'string',
          demandOption: true,
          describe: 'Events: NDJSON, a JSON array, or JSON objects one after the other',
        })
        .option('time-field', {
          type: 'string',
          default: '@timestamp',
          describe: `The field of the event's time (${time})`,
        })
        .option('from', { type: 'string', describe: `Only events from this time on: ${time}` })
        .option('to', { type: 'string', describe: `Only events before this time: ${time}` })
        .option('now', { type: 'string', describe: `What calendar ranges count from: ${time}` })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 rule.yml --events events.ndjson', 'which events match'),
    run: async (args) => (await import('./evaluate.js')).runEvaluate(args),
  },
  {
    name: 'run',
    usage: '<query>',
    about: 'Runs a KQL, SPL, EQL or ES|QL query over events, without a SIEM',
    options: (yargs) =>
      yargs
        .positional('query', {
          describe: 'A file with the query, or - for standard input',
          type: 'string',
        })
        .option('language', {
          alias: 'l',
          choices: languages,
          demandOption: true,
          describe: 'The language of the query',
        })
        .option('events', {
          alias: 'e',
          type: 'string',
          demandOption: true,
          describe: 'Events: NDJSON, a JSON array, or JSON objects one after the other',
        })
        .option('table', { type: 'string', describe: 'The table or index that they are (any)' })
        .option('types', {
          type: 'string',
          describe: 'Types of fields: a map of names to types, or a mapping of Elasticsearch',
        })
        .option('time-field', { type: 'string', describe: "The field of the event's time" })
        .option('now', { type: 'string', describe: `What now() gives: ${time}` })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 query.kql -l kql -e events.ndjson', 'the rows that it gives')
        .example('$0 query.eql -l eql -e events.ndjson --types map.json', 'with types of fields'),
    run: async (args) => (await import('./run.js')).runRun(args),
  },
  {
    name: 'verify',
    usage: '<paths..>',
    about: 'Runs queries on events made to break them, beside the rule',
    options: (yargs) =>
      numberOptions(destinationOptions(yargs), {
        runs: { describe: 'Events made by chance, a rule', default: 20, least: 0, most: 100_000 },
        seed: { describe: 'What chance starts from', default: 1, least: 0, most: 0xffffffff },
      })
        .positional('paths', {
          describe: 'Rule files, folders, or - for standard input',
          type: 'string',
          array: true,
        })
        .option('events', {
          alias: 'e',
          type: 'string',
          describe: 'Recorded events, to be judged beside the generated ones',
        })
        .option('against', {
          type: 'string',
          describe: "A file with somebody else's query, to be judged in place of ours",
        })
        .option('language', {
          alias: 'l',
          choices: languages,
          describe: 'The language of that query',
        })
        .option('certificates', {
          type: 'string',
          describe: 'Write what was shown, and on what ground, into this folder',
        })
        .option('now', { type: 'string', describe: `What calendar ranges count from: ${time}` })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 rules -b kql,spl,eql,esql', 'equal, refused or diverging')
        .example('$0 rule.yml --against mine.kql -l kql', 'a query that you have already'),
    run: async (args) => (await import('./verify.js')).runVerify(args),
  },
  {
    name: 'test',
    usage: '<paths..>',
    about: 'The cases beside rules (rule.test.yml), and golden queries',
    options: (yargs) =>
      destinationOptions(yargs)
        .positional('paths', {
          describe: 'Rule files or folders',
          type: 'string',
          array: true,
        })
        .option('update', {
          type: 'boolean',
          default: false,
          describe: 'Show how queries differ from the golden ones, and write them',
        })
        .option('format', {
          choices: ['text', 'json', 'junit'],
          default: 'text',
          describe: 'What to print',
        })
        .example('$0 rules', 'events that must match and must not, expected alerts')
        .example('$0 rules -b kql,spl --update', 'take the queries of today as golden'),
    run: async (args) => (await import('./test.js')).runTest(args),
  },
  {
    name: 'explain',
    usage: '<rule>',
    about: 'Why an event did or did not match, atom by atom',
    options: (yargs) =>
      yargs
        .positional('rule', { describe: 'A rule file, or - for standard input', type: 'string' })
        .option('events', {
          alias: 'e',
          type: 'string',
          demandOption: true,
          describe: 'Events: NDJSON, a JSON array, or JSON objects one after the other',
        })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 rule.yml --events events.ndjson', 'the trace of every event'),
    run: async (args) => (await import('./explain.js')).runExplain(args),
  },
  {
    name: 'migrate',
    usage: '<paths..>',
    about: 'Old aggregations (`| count() by …`, near, timeframe) to correlation rules',
    options: (yargs) =>
      yargs
        .positional('paths', {
          describe: 'Rule files, folders, or - for standard input',
          type: 'string',
          array: true,
        })
        .option('output', {
          alias: 'o',
          type: 'string',
          describe: 'Write the migrated files into this folder',
        })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 old-rule.yml', 'the new YAML on standard output')
        .example('$0 rules/unsupported -o migrated', 'one file for each that changed'),
    run: async (args) => (await import('./migrate.js')).runMigrate(args),
  },
  {
    name: 'pack',
    usage: '<action> <paths..>',
    about: 'Content packs: build one from pack.yml, verify one, diff two',
    options: (yargs) =>
      yargs
        .positional('action', { choices: ['build', 'verify', 'diff'] as const })
        .positional('paths', {
          describe: 'build: a pack.yml; verify: a pack; diff: the older pack and the newer one',
          type: 'string',
          array: true,
        })
        .option('output', { alias: 'o', type: 'string', describe: 'build: the folder of the pack' })
        .option('attack', {
          type: 'string',
          describe: "MITRE's enterprise-attack.json, to name and check ATT&CK ids",
        })
        .option('previous', {
          type: 'string',
          describe: 'build: the pack before this one, which versions count from',
        })
        .option('secret-key', {
          type: 'string',
          describe: 'build: a secret key file of minisign without a password, to sign with',
        })
        .option('public-key', { type: 'string', describe: 'verify: a public key file of minisign' })
        .option('pack', {
          type: 'string',
          describe: 'verify: a pack.yml to build it from again, instead of what it was built from',
        })
        .option('verify', {
          type: 'boolean',
          describe:
            'build: run every query beside its rule (as pack.yml says); verify: run them again (yes)',
        })
        .option('format', {
          choices: ['text', 'json', 'changelog'],
          default: 'text',
          describe: 'What to print; changelog: what diff found, in Markdown',
        })
        .example('$0 build pack.yml -o dist-pack', 'every artefact, and a manifest')
        .example('$0 build pack.yml -o dist-pack --verify', 'with the verdict on every query')
        .example('$0 verify dist-pack', 'hashes, the same bytes out of its rules, the queries')
        .example('$0 diff old-pack dist-pack', 'which rules changed, and how'),
    run: async (args) => (await import('./pack.js')).runPack(args),
  },
  {
    name: 'list',
    usage: '<what>',
    about: 'What there is: backends, pipelines, formats, modifiers, diagnostics',
    options: (yargs) =>
      destinationOptions(yargs)
        .positional('what', {
          choices: ['backends', 'pipelines', 'formats', 'modifiers', 'diagnostics'] as const,
          describe: 'What to list',
        })
        .option('coverage', {
          type: 'string',
          array: true,
          describe: 'Rule files or folders: what becomes of them, by log source and pipeline',
        })
        .option('show', {
          type: 'string',
          describe: 'A pipeline, by name or file: its targets and fields, with those of -p on top',
        })
        .option('format', { choices: ['text', 'json'], default: 'text', describe: 'What to print' })
        .example('$0 modifiers', 'every modifier of Sigma, with what it does')
        .example('$0 pipelines --coverage rules', 'what every pipeline makes of the rules')
        .example('$0 pipelines --show sentinel', 'where Sentinel keeps what'),
    run: async (args) => (await import('./list.js')).runList(args),
  },
];
