import type { DescribedSource, DescribedTarget } from '../pipeline/index.js';
import { table } from './table.js';

/** What the pipelines of a backend say of every log source, for people. */
export function pipelinesText(shown: {
  readonly backend: string;
  readonly sources: readonly DescribedSource[];
}): string {
  return shown.sources
    .map(
      ({ logSource, targets }) =>
        `${shown.backend}: ${logSource}\n${targets.map(targetText).join('\n')}`,
    )
    .join('\n');
}

function targetText(target: DescribedTarget): string {
  const when = Object.entries(target.when).map(([name, value]) => `${name}=${value}`);
  const facts = [
    ['pipeline', target.pipeline],
    ['scope', target.scope],
    ['time', target.time],
    ['keywords', target.keywords],
    ['when', when.join(', ')],
    ['assumes', target.assumptions.join(', ')],
  ].filter(([, value]) => value !== '');
  const fields = Object.entries(target.fields).map(([name, place]) => [name, place]);
  return `  ${target.target}\n${indented(table(facts))}${indented(table(fields), 6)}`;
}

function indented(text: string, by = 4): string {
  return text.replace(/^(?=.)/gm, () => ' '.repeat(by));
}
