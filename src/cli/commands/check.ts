import { meaningOf } from '../../convert.js';
import { exit, type Exit } from '../exit.js';
import {
  hasErrors,
  printGithub,
  printJson,
  printSarif,
  shortlist,
  type Diagnostic,
} from '../../diagnostics/index.js';
import { lint } from '../../lint/index.js';
import { readSources } from '../../node/index.js';
import { parse, resolve } from '../../syntax/index.js';
import type { Arguments } from '../command.js';
import { report } from '../report.js';

const printers = { json: printJson, sarif: printSarif, github: printGithub };

/** Schema, meaning and style of rules. */
export async function runCheck(args: Arguments): Promise<Exit> {
  const { sources, diagnostics: unread } = await readSources(args['paths'] as readonly string[]);
  const rules = resolve(parse(sources));
  const attack = args['attack'] as string | undefined;
  const diagnostics = shortlist([
    ...unread,
    ...rules.flatMap((rule) => meaningOf(rule, []).diagnostics),
    ...lint(rules),
    ...(attack === undefined
      ? []
      : await (await import('../attack-tags.js')).attackTags(rules, attack)),
  ]);
  const format = args['format'] as keyof typeof printers | 'text';
  if (format === 'text') {
    report(diagnostics);
    console.error(summary(rules.length, diagnostics));
  } else {
    process.stdout.write(printers[format](diagnostics));
  }
  return hasErrors(diagnostics) ? exit.errors : exit.clean;
}

function summary(rules: number, diagnostics: readonly Diagnostic[]): string {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter((each) => each.severity === severity).length;
  return `${rules} rules: ${count('error')} errors, ${count('warning')} warnings, ${count('info')} notes`;
}
