// Why changes have no effect.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from './library.mjs';

const reasons = load(readFileSync(join(root, 'test/verify/no-effect.yml'), 'utf8')) ?? [];

/** The sentence that says it of the change of a query, as it is printed; undefined where none does. */
export function reasonOf(language, kind, rule, description) {
  return reasons.find(
    (each) =>
      each.languages.includes(language) &&
      each.kinds.includes(kind) &&
      (each.rules === undefined || new RegExp(each.rules, 'u').test(rule)) &&
      new RegExp(each.change, 'u').test(description),
  )?.because;
}
