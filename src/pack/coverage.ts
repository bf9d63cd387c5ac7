import type { Json } from '../syntax/index.js';
import { own, techniquesOf } from './attack-facts.js';
import type { Attack } from './attack.js';
import type { PackedRule } from './pack-rule.js';

/** Of the picture of the matrix, in its own units. */
const columnWidth = 20;
const rowHeight = 6;
const headHeight = 4;

/**
 * Which techniques the rules of a pack are about, as a list for a layer and as a matrix for a page.
 * Software stands for the techniques that it uses.
 */
export function coverageFacts(
  rules: readonly PackedRule[],
  attack: Attack,
): Readonly<Record<string, Json>> {
  const titles = new Map<string, string[]>();
  for (const { facts } of rules) {
    for (const id of techniquesOf(facts['tags'] as readonly string[], attack))
      titles.set(id, [...(titles.get(id) ?? []), facts['title'] as string]);
  }
  const covered = [...titles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, about]) => {
      const known = own(attack.techniques, id);
      return {
        id,
        name: known?.name ?? id,
        tactics: known?.tactics ?? [],
        count: about.length,
        shade: Math.min(about.length, 5),
        rules: about,
        url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
      };
    });
  const matrix = attack.tactics.map(({ name, shortname }, column) => ({
    name,
    x: column * columnWidth,
    techniques: covered
      .filter(({ tactics }) => tactics.includes(shortname))
      .map((technique, row) => ({ ...technique, y: row * rowHeight })),
  }));
  return {
    covered,
    most: covered.reduce((most, { count }) => Math.max(most, count), 1),
    matrix,
    width: matrix.length * columnWidth,
    height:
      headHeight +
      matrix.reduce((most, { techniques }) => Math.max(most, techniques.length), 1) * rowHeight,
  };
}
