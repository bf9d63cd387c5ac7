import { meaningOf } from '../../convert.js';
import { excerpt, positionOf, shortlist } from '../../diagnostics/index.js';
import { normalise, readEvents } from '../../evaluate/index.js';
import { readSource } from '../../node/index.js';
import { parse, resolve } from '../../syntax/index.js';
import { trace, type Trace } from '../../verify/index.js';
import type { Arguments } from '../command.js';
import { exit, type Exit } from '../exit.js';
import { report } from '../report.js';
import { identityOf } from '../rule-identity.js';

/** Why events did or did not match the detections of a file. */
export async function runExplain(args: Arguments): Promise<Exit> {
  const [source, text] = await Promise.all([
    readSource(args['rule'] as string),
    readSource(args['events'] as string),
  ]);
  const events = text.ok ? readEvents(text.value) : text;
  if (!source.ok || !events.ok) return report([...source.diagnostics, ...events.diagnostics]);
  const rules = resolve(parse([source.value]));
  const meanings = rules.map((rule) => ({ rule, meaning: meaningOf(rule, []) }));
  const traces = meanings.flatMap(({ rule, meaning }) => {
    if (!meaning.ok || meaning.value.kind === 'correlation') return [];
    const { predicate } = meaning.value;
    return events.value.map((event, index) => ({
      rule: identityOf(rule),
      event: index,
      trace: trace(predicate, normalise(event)),
    }));
  });
  if (args['format'] === 'json') {
    const explanations = traces.map((each) => ({ ...each, trace: json(each.trace) }));
    process.stdout.write(`${JSON.stringify({ explanations }, null, 2)}\n`);
  } else {
    for (const { rule, event, trace } of traces) {
      const said = trace.holds ? 'matches' : 'does not match';
      console.log(`event ${event} ${said} ${rule.title}\n${lines(trace, 1).join('\n')}`);
    }
  }
  const status = report(shortlist(meanings.flatMap(({ meaning }) => meaning.diagnostics)));
  return traces.length === 0 ? exit.errors : status;
}

function json({ kind, holds, span, values, children }: Trace): object {
  return {
    kind,
    holds,
    line: positionOf(span.source, span.start).line,
    ...(values && { values }),
    ...(children && { children: children.map(json) }),
  };
}

function lines(
  { kind, holds, span, values, children = [] }: Trace,
  depth: number,
): readonly string[] {
  const mark = holds ? 'yes' : 'no ';
  const asked = children.length > 0 ? kind : `${lineAt(span)}${found(values ?? {})}`;
  return [
    `${'  '.repeat(depth)}${mark} ${asked}`,
    ...children.flatMap((child) => lines(child, depth + 1)),
  ];
}

/** The line of the rule, without its indentation; of a long one what stands around the place. */
function lineAt(span: Trace['span']): string {
  const { line, text } = excerpt(span);
  return `${line}: ${text.trim()}`;
}

function found(values: NonNullable<Trace['values']>): string {
  const shown = Object.entries(values).map(
    ([name, value]) => `${name} is ${JSON.stringify(value)}`,
  );
  return shown.length > 0 ? `  (${shown.join(', ')})` : '';
}
