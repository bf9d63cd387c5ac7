import { attack as shipped } from '../bundled/attack.js';
import {
  diagnostic,
  failure,
  success,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';

/** What is known of ATT&CK: of our own rules' objects, or of a whole bundle. */
export interface Attack {
  readonly version: string;
  readonly tactics: readonly Tactic[];
  readonly techniques: Readonly<Record<string, Technique>>;
  readonly software: Readonly<Record<string, Software>>;
}

export interface Tactic {
  readonly id: string;
  readonly name: string;
  readonly shortname: string;
}

/** What has become of an object that ATT&CK no longer has. */
interface Retirement {
  readonly status?: 'revoked' | 'deprecated';
  readonly replacement?: string;
}

export interface Technique extends Retirement {
  readonly name: string;
  /** Short names. */
  readonly tactics: readonly string[];
}

/** A malware, a tool, a campaign or a group; `techniques` are those that it uses. */
export interface Software extends Retirement {
  readonly name: string;
  readonly techniques: readonly string[];
}

/** © The MITRE Corporation (templates/attack.yml). */
export const builtInAttack = shipped as Attack;

interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  readonly revoked?: boolean;
  readonly x_mitre_deprecated?: boolean;
  readonly x_mitre_version?: string;
  readonly x_mitre_shortname?: string;
  readonly external_references?: readonly {
    readonly source_name?: string;
    readonly external_id?: string;
  }[];
  readonly kill_chain_phases?: readonly {
    readonly kill_chain_name?: string;
    readonly phase_name?: string;
  }[];
  readonly relationship_type?: string;
  readonly source_ref?: string;
  readonly target_ref?: string;
}

/**
 * The official STIX 2 bundle of an ATT&CK domain.
 *
 * Errors: `pack/attack-file`.
 */
export function readAttack(source: SourceFile): Outcome<Attack> {
  const objects = objectsOf(source.text);
  if (!objects) return failure(diagnostic('pack/attack-file', undefined, { path: source.name }));
  const ids = new Map(objects.map((each) => [each.id, idOf(each)]));
  const links = (type: string) =>
    objects.filter((each) => each.relationship_type === type && !each.revoked);
  const successors = new Map(links('revoked-by').map((each) => [each.source_ref, each.target_ref]));
  const techniques = Object.create(null) as Record<string, Technique>;
  const software = Object.create(null) as Record<string, Software>;
  const used = new Map<string, string[]>();
  for (const { source_ref: by = '', target_ref: what = '' } of links('uses')) {
    const id = ids.get(what);
    if (id?.startsWith('T')) used.set(by, [...(used.get(by) ?? []), id]);
  }
  for (const each of objects) {
    const id = idOf(each);
    if (id === undefined || each.name === undefined) continue;
    const successor = ids.get(lastOf(successors, each.id));
    const { name } = each;
    const end = retirementOf(each, successor === id ? undefined : successor);
    if (each.type === 'attack-pattern') keep(techniques, id, { name, ...tacticsIn(each), ...end });
    else if (/^(?:malware|tool|intrusion-set|campaign)$/.test(each.type))
      keep(software, id, { name, techniques: [...new Set(used.get(each.id))].sort(), ...end });
  }
  const version = objects.find(({ type }) => type === 'x-mitre-collection')?.x_mitre_version;
  return success({
    version: version ?? 'unknown',
    tactics: tacticsOf(objects),
    techniques,
    software,
  });
}

function objectsOf(text: string): readonly StixObject[] | undefined {
  try {
    const bundle = JSON.parse(text) as { readonly objects?: unknown } | null;
    return Array.isArray(bundle?.objects) ? bundle.objects.filter(isStix) : undefined;
  } catch {
    return undefined;
  }
}

function isStix(object: unknown): object is StixObject {
  return typeof (object as StixObject | null)?.type === 'string';
}

function idOf({ external_references: references = [] }: StixObject): string | undefined {
  return references.find(({ source_name: name }) => name === 'mitre-attack')?.external_id;
}

/** An id is at times given anew: the object in use counts. */
function keep<T extends Retirement>(map: Record<string, T>, id: string, object: T): void {
  if (!map[id] || object.status === undefined) map[id] = object;
}

/** The end of a chain of successors; a chain that closes has none. */
function lastOf(
  successors: ReadonlyMap<string | undefined, string | undefined>,
  id: string,
): string {
  const seen = new Set([id]);
  let last = id;
  for (let next = successors.get(id); next !== undefined && !seen.has(next);) {
    seen.add(next);
    last = next;
    next = successors.get(next);
  }
  return last;
}

function retirementOf(object: StixObject, replacement: string | undefined): Retirement {
  const status = object.revoked ? 'revoked' : object.x_mitre_deprecated ? 'deprecated' : undefined;
  return { ...(status && { status }), ...(replacement !== undefined && { replacement }) };
}

function tacticsIn({ kill_chain_phases: phases = [] }: StixObject): Pick<Technique, 'tactics'> {
  return {
    tactics: phases.flatMap(({ kill_chain_name: chain, phase_name: phase }) =>
      chain === 'mitre-attack' && phase !== undefined ? [phase] : [],
    ),
  };
}

function tacticsOf(objects: readonly StixObject[]): readonly Tactic[] {
  return objects.flatMap((each) => {
    const id = idOf(each);
    const { name, x_mitre_shortname: shortname } = each;
    return each.type === 'x-mitre-tactic' && id && name && shortname
      ? [{ id, name, shortname }]
      : [];
  });
}
