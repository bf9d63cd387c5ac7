import type { Diagnostic } from '../diagnostics/index.js';
import { attackProblems } from '../pack/index.js';
import type { ResolvedRule } from '../syntax/index.js';
import { attackOf } from './attack-file.js';

/** What is wrong with the ATT&CK tags of rules by that bundle, or with the bundle. */
export async function attackTags(
  rules: readonly ResolvedRule[],
  path: string,
): Promise<readonly Diagnostic[]> {
  const attack = await attackOf(path);
  return attack.ok
    ? [...attack.diagnostics, ...attackProblems(rules, attack.value)]
    : attack.diagnostics;
}
