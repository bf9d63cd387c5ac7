import { diagnostic, outcome, type Diagnostic, type Outcome } from '../diagnostics/index.js';
import type { Header, LogSource } from '../syntax/index.js';
import { passes, ruleHolds, type Facts } from './conditions.js';
import type { Pipeline, PlaceholderSource, Transformation } from './model/index.js';
import { inOrder } from './transform.js';

/**
 * What the pipelines put in the place of `%placeholders%`, name → values. It is needed before the
 * rule is lowered, so that conditions of these transformations can ask only what a rule says about
 * itself. An earlier pipeline's values stand; `*` serves wildcard_placeholders.
 *
 * @param names the placeholders of the rule
 */
export function placeholders(
  pipelines: readonly Pipeline[],
  rule: { readonly header: Header; readonly logSource: LogSource },
  names: readonly string[],
): Outcome<ReadonlyMap<string, readonly string[]>> {
  const facts: Facts = { ...rule, atoms: [], state: new Map(), applied: new Set() };
  const found = new Map<string, readonly string[]>();
  const problems: Diagnostic[] = [];
  for (const pipeline of inOrder(pipelines)) {
    for (const { action, span } of flat(pipeline.transformations, facts)) {
      if (action.kind !== 'placeholders') continue;
      for (const name of names) {
        if (found.has(name) || !serves(action.source, name)) continue;
        const values = valuesOf(action.source, name, pipeline);
        if (values) found.set(name, values);
        else if (isNamed(action.source)) {
          const parameters = { placeholder: name };
          problems.push(diagnostic('pipeline/no-placeholder-values', span, parameters));
        }
      }
    }
  }
  return outcome(found, problems);
}

/** The files that the pipeline's file_placeholders name; their texts belong into `files`. */
export function placeholderFiles(pipeline: Pipeline): readonly string[] {
  const files = ({ action }: Transformation): readonly string[] => {
    if (action.kind === 'nest') return action.items.flatMap(files);
    const isFiles = action.kind === 'placeholders' && action.source.kind === 'files';
    return isFiles ? [...action.source.files.values()] : [];
  };
  return [...new Set(pipeline.transformations.flatMap(files))];
}

function flat(transformations: readonly Transformation[], facts: Facts): readonly Transformation[] {
  return transformations
    .filter(({ rule }) => passes(rule, (condition) => ruleHolds(condition, facts)))
    .flatMap((each) => (each.action.kind === 'nest' ? flat(each.action.items, facts) : [each]));
}

function serves(source: PlaceholderSource, name: string): boolean {
  if (source.kind === 'files') return source.files.has(name);
  return (source.include?.includes(name) ?? true) && !source.exclude?.includes(name);
}

/** Whether the transformation was told which placeholders it has values for. */
function isNamed(source: PlaceholderSource): boolean {
  return source.kind === 'files' || source.include !== undefined;
}

function valuesOf(
  source: PlaceholderSource,
  name: string,
  { vars, files }: Pipeline,
): readonly string[] | undefined {
  switch (source.kind) {
    case 'wildcard':
      return ['*'];
    case 'vars':
      return vars.get(name);
    case 'files':
      return files
        .get(source.files.get(name)!)
        ?.split(/\r?\n/)
        .filter((line) => line.trim() !== '');
  }
}
