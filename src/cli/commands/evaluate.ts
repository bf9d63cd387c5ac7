import { exit, type Exit } from '../exit.js';
import { meaningOf } from '../../convert.js';
import { diagnostic, shortlist, type Diagnostic } from '../../diagnostics/index.js';
import {
  correlate,
  matcher,
  normalise,
  readEvents,
  timeOf,
  type Alert,
} from '../../evaluate/index.js';
import { readSource, readSources } from '../../node/index.js';
import { parse, resolve, type ResolvedRule } from '../../syntax/index.js';
import type { Arguments } from '../command.js';
import { report } from '../report.js';
import { timeOption } from '../time-option.js';

interface Match {
  readonly rule: string;
  /** From 0, in the order of the input. */
  readonly event: number;
}

/** The reference evaluator over recorded events. */
export async function runEvaluate(args: Arguments): Promise<Exit> {
  const { sources, diagnostics: unread } = await readSources(args['paths'] as readonly string[]);
  const text = await readSource(args['events'] as string);
  const events = text.ok ? readEvents(text.value) : text;
  const options = timesOf(args);
  if (!events.ok) return report([...unread, ...events.diagnostics]);
  if (!options) return exit.usage;

  const timeField = args['timeField'] as string;
  const normal = events.value.map((event) => normalise(event));
  const timed = normal.flatMap((event) => {
    const time = timeOf(event, timeField);
    return time === undefined ? [] : [{ time, event }];
  });
  const matches: Match[] = [];
  const alerts: (Alert & { readonly rule: string })[] = [];
  const diagnostics = new Set(unread);
  for (const resolved of resolve(parse(sources))) {
    const rule = meaningOf(resolved, []);
    for (const problem of rule.diagnostics) diagnostics.add(problem);
    if (!rule.ok) continue;
    const name = nameOf(resolved);
    if (rule.value.kind === 'detection') {
      const matched = matcher(rule.value.predicate);
      normal.forEach((event, index) => {
        if (matched(event)) matches.push({ rule: name, event: index });
      });
    } else if (resolved.output) {
      if (timed.length < normal.length)
        diagnostics.add(untimed(normal.length - timed.length, timeField));
      for (const alert of correlate(rule.value, timed, options)) {
        alerts.push({ rule: name, ...alert });
      }
    }
  }
  print(args, matches, alerts);
  return report(shortlist([...diagnostics]));
}

function timesOf(args: Arguments) {
  const from = timeOption(args, 'from');
  const to = timeOption(args, 'to');
  const now = timeOption(args, 'now');
  if (!from || !to || !now) return undefined;
  return { ...from, ...to, now: now.now ?? Date.now() };
}

function untimed(count: number, field: string): Diagnostic {
  return diagnostic('cli/events-without-time', undefined, { count, field });
}

/** Id, or name, or title. */
function nameOf({ document }: ResolvedRule): string {
  if (document.kind === 'broken') return document.id ?? document.name ?? document.title ?? '';
  const { id, name, title } = document.header;
  return (id ?? name ?? title).value;
}

function print(
  args: Arguments,
  matches: readonly Match[],
  alerts: readonly (Alert & { rule: string })[],
) {
  if (args['format'] === 'json') {
    process.stdout.write(
      `${JSON.stringify({ matches, alerts: alerts.map(({ rule, key, at, value }) => ({ rule, key, at, value })) }, null, 2)}\n`,
    );
    return;
  }
  for (const { rule, event } of matches) console.log(`event ${event} matches ${rule}`);
  for (const { rule, key, at, value } of alerts) {
    const when = at === null ? '' : ` at ${new Date(at).toISOString()}`;
    console.log(`alert of ${rule}${when} for ${JSON.stringify(key)}: ${value}`);
  }
}
