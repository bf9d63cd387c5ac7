import type { Json } from '../syntax/index.js';
import type { Attack } from './attack.js';

const site = 'https://attack.mitre.org';

/**
 * What the tags of a rule say in ATT&CK's words: its tactics, with the techniques under each. A
 * technique stands under those of its tactics that the rule names, or under all of them.
 */
export function attackFacts(
  tags: readonly string[],
  attack: Attack,
): Readonly<Record<string, Json>> {
  const named = tags.flatMap((tag) => (tag.startsWith('attack.') ? [tag.slice(7)] : []));
  const ids = [...new Set(named.map((each) => each.toUpperCase()))];
  const techniqueIds = ids.filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id));
  const softwareIds = ids.filter((id) => /^[SGC]\d{4}$/.test(id));
  const tagged = attack.tactics.filter(
    ({ id, shortname }) => named.includes(shortname) || ids.includes(id),
  );
  const techniques = techniqueIds.map((id) => {
    const known = own(attack.techniques, id);
    const under =
      known?.tactics.filter((each) => tagged.some(({ shortname }) => shortname === each)) ?? [];
    return {
      id,
      name: known?.name ?? id,
      tactics: under.length > 0 ? under : (known?.tactics ?? []),
      url: `${site}/techniques/${id.replace('.', '/')}/`,
    };
  });
  const tactics = attack.tactics.filter(
    (each) =>
      tagged.includes(each) ||
      techniques.some((technique) => technique.tactics.includes(each.shortname)),
  );
  const entries = tactics.map(({ id, name, shortname }) => ({
    id,
    name,
    shortname,
    url: `${site}/tactics/${id}/`,
    techniques: grouped(
      techniques.filter((each) => each.tactics.includes(shortname)),
      attack,
    ),
  }));
  return {
    attackIds: [...softwareIds, ...techniqueIds],
    techniqueIds,
    software: softwareIds.map((id) => ({
      id,
      name: own(attack.software, id)?.name ?? id,
      url: `${site}/${id.startsWith('G') ? 'groups' : id.startsWith('C') ? 'campaigns' : 'software'}/${id}/`,
    })),
    techniques,
    tactics: entries,
    // Defender takes one.
    firstTactic: entries.slice(0, 1),
    tacticNames: tactics.map(({ shortname }) => shortname),
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/** Techniques with their sub-techniques below them. */
function grouped(techniques: readonly Named[], attack: Attack): readonly Json[] {
  const parents = [...new Set(techniques.map(({ id }) => id.slice(0, 5)))];
  return parents.map((id) => {
    const subtechniques = techniques.filter((each) => each.id.startsWith(`${id}.`));
    return {
      id,
      name: own(attack.techniques, id)?.name ?? id,
      url: `${site}/techniques/${id}/`,
      subtechniques: subtechniques.map(({ id: sub, name, url }) => ({ id: sub, name, url })),
    };
  });
}

/** The techniques that tags stand for; software and groups stand for those that they use. */
export function techniquesOf(tags: readonly string[], attack: Attack): readonly string[] {
  const ids = tags
    .filter((tag) => tag.startsWith('attack.'))
    .map((tag) => tag.slice(7).toUpperCase());
  return [
    ...new Set(
      ids.flatMap((id) =>
        /^T\d{4}/.test(id) ? [id] : (own(attack.software, id)?.techniques ?? []),
      ),
    ),
  ];
}

export function own<T>(map: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
