import { diagnostic } from '../../diagnostics/index.js';
import type { Alias } from '../ast.js';
import type { Yaml } from '../yaml/tree.js';
import { map, text, type Report } from './read.js';

/** `aliases`: what a name means in each of the rules. */
export function readAliases(node: Yaml | undefined, report: Report): readonly Alias[] {
  const part = node && map(node, 'aliases', report);
  return (part?.entries ?? []).flatMap(({ key: name, value }) => {
    const fields = map(value, `the alias ${name.value}`, report);
    if (!fields) return [];
    if (fields.entries.length === 0) {
      report(diagnostic('correlation/empty-alias', name.span, { name: name.value }));
    }
    const read = fields.entries.flatMap(({ key: rule, value: fieldNode }) => {
      const field = text(fieldNode, `the field of ${rule.value}`, report);
      return field ? [{ rule, field }] : [];
    });
    return [{ name, fields: read }];
  });
}
