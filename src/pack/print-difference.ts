import type { ChangedRule, PackDifference, RuleName } from './diff.js';
import { inline } from './encode-markup.js';
import { printable } from './printable.js';

/** What changed, by kind, with a headline each. */
const sectionsOf = ({ added, removed, meaning, text }: PackDifference) =>
  (
    [
      ['Added', added],
      ['Removed', removed],
      ['Changed in meaning', meaning],
      ['Changed in text', text],
    ] as const
  ).filter(([, rules]) => rules.length > 0);

/** The difference as a section of a CHANGELOG, in Markdown. */
export function printChangelog(difference: PackDifference, date: string | undefined): string {
  const head = `## ${difference.to}${date === undefined ? '' : ` - ${date}`}\n`;
  const body = sectionsOf(difference).map(([title, rules]) => {
    const lines = rules.map(
      (rule) => `- ${inline(rule.title)} (\`${rule.id}\`, version ${rule.version})\n`,
    );
    return `\n### ${title}\n\n${lines.join('')}`;
  });
  return `${head}${body.length === 0 ? '\nNo rule has changed.\n' : body.join('')}`;
}

/** The difference for a reader at a terminal, with what changed in each query. */
export function printDifference(difference: PackDifference): string {
  const { from, to, files } = difference;
  const body = sectionsOf(difference).map(([title, rules]) => {
    const lines = rules.map((rule) => `  ${nameOf(rule)}\n${changesOf(rule)}`);
    return `${title}\n${lines.join('')}`;
  });
  const end = `${String(files.length)} files differ\n`;
  return [`${from} to ${to}\n`, ...body, end].join('\n');
}

function nameOf({ id, title, version }: RuleName): string {
  return `${printable(title, ' ')} (${id}, version ${version})`;
}

function changesOf(rule: RuleName | ChangedRule): string {
  const changes = 'changes' in rule ? rule.changes : [];
  const lines = changes.flatMap((each) => each.trimEnd().split('\n'));
  return lines.map((line) => `    ${printable(line, ' ')}\n`).join('');
}
