import type { Regex } from '../../regex/index.js';
import { dynamicText } from './dynamic.js';
import type { KustoNode } from './kusto.js';
import { compileKustoRegex } from './regex.js';
import { refuse, refuseUnverified, spanIn, valueOf, type Expression, type Scope } from './scope.js';

const beyondAscii = /[^\x00-\x7f]/;

/** The regex that a constant holds, compiled; reports what is no constant, or no regex. */
export function constantRegex(
  pattern: Expression,
  scope: Scope,
  node: KustoNode,
): Regex | undefined {
  if (pattern.varies !== 'never') {
    refuse(scope, node, 'a regular expression that is no constant');
    return undefined;
  }
  const compiled = compileKustoRegex(dynamicText(valueOf(pattern)), spanIn(scope, node));
  if (!compiled.ok) {
    compiled.diagnostics.forEach(scope.run.report);
    return undefined;
  }
  const { found, groups, matches, asciiOnly } = compiled.value;
  if (!asciiOnly) return compiled.value;
  const checked =
    <T>(run: (text: string) => T) =>
    (text: string): T => {
      if (beyondAscii.test(text)) {
        const feature = String.raw`\b on text beyond ASCII`;
        refuseUnverified(scope, node, feature, String.raw`write (?-u:\b)`);
      }
      return run(text);
    };
  return { found: checked(found), groups: checked(groups), matches: checked(matches) };
}
