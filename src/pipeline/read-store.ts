import type { Yaml } from '../syntax/index.js';
import type { Store } from './model/index.js';
import { readMap, readText, readTexts, type Problems } from './read.js';

/** A column, or a map with `column` (and `without`) or `cut`, and `when: { column: value }`. */
export function readStore(node: Yaml, problems: Problems): Store {
  if (node.kind === 'scalar') {
    return { kind: 'column', column: readText(node, 'stored', problems) };
  }
  const map = readMap(node, 'stored', problems, ['column', 'without', 'cut', 'when']);
  const [condition] = map.has('when') ? readMap(map.get('when')!, 'when', problems) : [];
  const when = condition && {
    when: { column: condition[0], value: readText(condition[1], 'when', problems) },
  };
  const [before = '', after = ''] = readTexts(map.get('cut'), 'cut', problems);
  if (map.has('cut')) return { kind: 'cut', before, after, ...when };
  const [column = ''] = readTexts(map.get('column'), 'column', problems);
  const [without] = readTexts(map.get('without'), 'without', problems);
  return { kind: 'column', column, ...(without !== undefined && { without }), ...when };
}
