import type { SourceFile } from '../../src/diagnostics/index.js';
import {
  fold,
  type CorrelationRule,
  type DetectionRule,
  type Field,
  type Predicate,
  type Rule,
} from '../../src/ir/index.js';
import { lower } from '../../src/lower/index.js';
import { loadPipeline, parsePipeline, transform, type Pipeline } from '../../src/pipeline/index.js';
import { eventMapper, mapEvent, type EventMapper, type Row } from '../../src/rows/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

/** The last rule of a Sigma text, lowered. */
export function lowered(text: string): Rule {
  const [rule] = resolve(parse([{ name: 'rule.yml', text }])).slice(-1);
  if (!rule || rule.kind === 'broken') throw new Error(JSON.stringify(rule?.diagnostics));
  const outcome = lower(rule);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'));
  return outcome.value;
}

/** A detection rule of Windows with one selection, by default on process creation. */
export function rule(
  selection: string,
  logsource = 'category: process_creation',
  condition = 'selection',
): DetectionRule {
  return lowered(`title: A rule
logsource: { product: windows, ${logsource} }
detection:
  ${selection.trim().replaceAll('\n', '\n  ')}
  condition: ${condition}
`) as DetectionRule;
}

export async function shipped(
  backend: string,
  ...ids: readonly string[]
): Promise<readonly Pipeline[]> {
  const found = await Promise.all(ids.map((id) => loadPipeline(id, backend)));
  return found.map((each) => each!);
}

export function pipeline(text: string): Pipeline {
  const source: SourceFile = { name: 'mine.yml', text };
  const parsed = parsePipeline(source);
  if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
  return parsed.value;
}

/** The codes and messages of what is wrong with a pipeline file, with the text that they point at. */
export function problemsOf(text: string): readonly string[] {
  return parsePipeline({ name: 'mine.yml', text }).diagnostics.map(
    ({ code, span, help }) =>
      `${code} @ ${span ? span.source.text.slice(span.start, span.end) : ''}${help === undefined ? '' : ` (${help})`}`,
  );
}

/** The rule's predicate on its target, or the refusal. */
export function mapped(
  of: Rule,
  pipelines: readonly Pipeline[],
  options: {
    readonly backend?: string;
    readonly vars?: Readonly<Record<string, string>>;
    readonly unscoped?: boolean;
  } = {},
): string {
  const { backend = 'kql', vars = {}, unscoped = false } = options;
  const result = transform(of, pipelines, {
    backend,
    vars: new Map(Object.entries(vars)),
    unscoped,
  });
  if (!result.ok)
    return result.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');
  return result.value.kind === 'detection' ? show(result.value.predicate) : 'correlation';
}

export function targetOf(
  of: Rule,
  pipelines: readonly Pipeline[],
  backend = 'kql',
  vars: Readonly<Record<string, string>> = {},
): NonNullable<DetectionRule['target']> {
  const variables = new Map(Object.entries(vars));
  const result = transform(of, pipelines, { backend, vars: variables, unscoped: false });
  if (!result.ok || result.value.kind !== 'detection')
    throw new Error(JSON.stringify(result.diagnostics));
  return result.value.target!;
}

export function correlationOf(
  of: Rule,
  pipelines: readonly Pipeline[],
  backend = 'kql',
): CorrelationRule {
  const result = transform(of, pipelines, { backend, vars: new Map(), unscoped: false });
  if (!result.ok || result.value.kind !== 'correlation')
    throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

/** Writes events as rows of the target that the pipelines give the rule; undefined if they refuse it. */
export function mapperOf(
  of: DetectionRule,
  pipelines: readonly Pipeline[],
  backend = 'kql',
  needs: readonly Field[] = [],
): EventMapper | undefined {
  const vars = new Map<string, string>();
  const result = transform(of, pipelines, { backend, vars, unscoped: false });
  if (!result.ok || result.value.kind !== 'detection') return undefined;
  return eventMapper(of, result.value.target!.place, needs, pipelines, vars);
}

export function rowOf(
  of: DetectionRule,
  pipelines: readonly Pipeline[],
  event: Row,
  backend = 'kql',
): Row | undefined {
  const mapper = mapperOf(of, pipelines, backend);
  return mapper && mapEvent(mapper, event);
}

/** A predicate in one line: `=` is equality without case, `==` with case. */
export function show(predicate: Predicate): string {
  const field = ({ name, expression }: Field): string => expression ?? name;
  return fold<string>(predicate, {
    and: (_, children) => `(${children.join(' and ')})`,
    or: (_, children) => `(${children.join(' or ')})`,
    not: (_, [child]) => `not ${child!}`,
    constant: ({ value }) => String(value),
    string: (atom) =>
      `${field(atom.field)} ${atom.cased ? '==' : '='} '${atom.pattern.map((part) => (typeof part === 'string' ? part : part.kind === 'any-run' ? '*' : '?')).join('')}'`,
    number: (atom) => `${field(atom.field)} = ${atom.value}`,
    boolean: (atom) => `${field(atom.field)} = ${String(atom.value)}`,
    null: (atom) => `${field(atom.field)} is null`,
    blank: (atom) => `${field(atom.field)} is blank`,
    exists: (atom) => `${field(atom.field)} exists`,
    comparison: (atom) => `${field(atom.field)} ${atom.operator} ${atom.value}`,
    regex: (atom) => `${field(atom.field)} ~ /${atom.source}/`,
    cidr: (atom) => `${field(atom.field)} in ${atom.network}`,
    field: (atom) => `${field(atom.field)} ${atom.test} ${field(atom.other)}`,
    'time-part': (atom) => `${atom.part} of ${field(atom.field)} = ${atom.value}`,
    keyword: (atom) => `keyword in ${atom.fields.map(field).join(', ')}`,
    'keyword-regex': (atom) => `keyword regex in ${atom.fields.map(field).join(', ')}`,
  });
}
