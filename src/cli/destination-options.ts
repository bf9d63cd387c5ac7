import type { Argv } from 'yargs';
import type { ConvertOptions } from '../convert.js';
import { backendIds } from '../render/index.js';
import { listed, type Arguments } from './command.js';
import { durationOf, noDuration } from './duration.js';
import { numberOptions } from './number-options.js';

/** The options that say where rules go; shared by every command that converts. */
export function destinationOptions(yargs: Argv): Argv {
  return numberOptions(yargs, {
    'max-queries': {
      describe: 'The most queries that a union may have',
      default: 24,
      least: 1,
      most: 10_000,
    },
  })
    .option('backend', {
      alias: 'b',
      type: 'string',
      describe: `Query languages, with commas between: ${backendIds.join(', ')} (all)`,
    })
    .option('pipeline', {
      alias: 'p',
      type: 'string',
      array: true,
      describe: 'A pipeline that ships with Isosigma, or a pipeline file; may be repeated',
    })
    .option('var', {
      type: 'string',
      array: true,
      describe: 'A variable of the pipelines, as name=value',
    })
    .option('placeholder-files', {
      type: 'string',
      describe:
        "The folder of file_placeholders' files, which they may not lead out of (the pipeline's)",
    })
    .option('unscoped', {
      type: 'boolean',
      default: false,
      describe: 'Convert log sources that no pipeline knows, without a scope',
    })
    .option('on-missing-column', {
      choices: ['drop', 'false'] as const,
      describe: 'What to do with tests of fields that no target holds (refuse the rule)',
    })
    .option('allow', {
      type: 'string',
      describe: 'What may stand in for one exact query: union, subset, superset',
    })
    .option('range', {
      type: 'string',
      describe: 'How far back the query itself looks: 24h, 7d (the search decides)',
    })
    .check(({ allow, range, var: vars }) => {
      const unknown = listed(allow).find((each) => !isAllowance(each));
      if (unknown !== undefined) return `--allow takes ${allowances.join(', ')}, not ${unknown}.`;
      const unset = (vars ?? []).find((each) => !/^[^=]+=/.test(each));
      if (unset !== undefined) return `--var takes name=value, not ${unset}.`;
      return range === undefined || durationOf(range) !== undefined || noDuration('range', range);
    });
}

const allowances = ['union', 'subset', 'superset'] as const;

function isAllowance(word: string): word is (typeof allowances)[number] {
  return (allowances as readonly string[]).includes(word);
}

/** What those options mean to `convert`. */
export function convertOptionsOf(args: Arguments): ConvertOptions {
  const range = durationOf(args['range']);
  const onMissing = args['onMissingColumn'] as ConvertOptions['onMissing'];
  return {
    ...(range !== undefined && { range }),
    ...(onMissing && { onMissing }),
    maxQueries: args['maxQueries'] as number,
    vars: new Map(
      ((args['var'] ?? []) as readonly string[]).map((each) => {
        const at = each.indexOf('=');
        return [each.slice(0, at), each.slice(at + 1)] as const;
      }),
    ),
    unscoped: args['unscoped'] === true,
    allow: listed(args['allow']).filter(isAllowance),
  };
}
