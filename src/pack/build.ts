import { strFromU8, strToU8 } from 'fflate';
import { archive, type ArchiveFile } from './archive.js';
import type { Attack } from './attack.js';
import { fitted, overLimit } from './limits.js';
import type { Format, FormatFile } from './format.js';
import { textOf } from './encoders.js';
import { coverageFacts } from './coverage.js';
import type { PackedRule } from './pack-rule.js';
import type { PackFile } from './pack-file.js';
import { escapeFor, print } from './print.js';
import type { Json } from '../syntax/index.js';
import { buildValue, type Scope } from './value-tree.js';

/** What artefacts are made of. */
export interface Contents {
  readonly pack: PackFile;
  readonly attack: Attack;
  /** The formats of each target of pack.yml. */
  readonly formats: readonly (readonly Format[])[];
  readonly rules: readonly PackedRule[];
  /** The rule files, as they are named in the pack. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  /** The version of each rule by its guid. */
  readonly versions: ReadonlyMap<string, number>;
}

/** A file of the pack; `rule` where it is one rule's alone. */
export interface Artifact extends ArchiveFile {
  readonly rule?: string;
}

type Item = Readonly<Record<string, Json>>;

/** Where a pack has what it was made from, so that it can be made again. */
export const sourceFolder = { pack: 'source/pack.yml', rules: 'source/rules' } as const;

/** All files of a pack, without the manifest. */
export function buildArtifacts(contents: Contents): readonly Artifact[] {
  return [
    { path: sourceFolder.pack, bytes: strToU8(contents.pack.spanOf().source.text) },
    ...contents.sources.map(({ path, text }) => ({
      path: `${sourceFolder.rules}/${path}`,
      bytes: strToU8(text),
    })),
    ...formatArtifacts(contents),
  ];
}

function formatArtifacts(contents: Contents): readonly Artifact[] {
  const scope = packScope(contents);
  return contents.formats.flatMap((formats, target) =>
    formats.flatMap((format) => {
      const files = buildFormat(format, itemsOf(format, target, contents), scope, contents);
      if (!format.archive) return files;
      const path = pathOf(format.archive.path, format, scope);
      return [{ path, bytes: archive(files, format.archive.kind) }];
    }),
  );
}

/** What the artefacts of one rule say, its version aside: what its content hash is taken of. */
export function contentOf(rule: PackedRule, contents: Contents): string {
  const one = { ...contents, rules: [rule], versions: new Map<string, number>() };
  const scope = {
    pack: { name: contents.pack.name, title: '', version: '', license: '', authors: [] },
  };
  const parts = contents.formats.flatMap((formats, target) =>
    formats.flatMap((format) => {
      const items = format.backends ? itemsOf(format, target, one) : [];
      return items.length === 0 ? [] : buildFormat(format, items, scope, one);
    }),
  );
  return JSON.stringify(parts.map(({ path, bytes }) => [path, strFromU8(bytes)]));
}

/** What a format is made from: the queries of its target that it can hold, or the rules. */
export function itemsOf(
  format: Format,
  target: number,
  { rules, versions }: Contents,
): readonly Item[] {
  return rules.flatMap(({ guid, facts, targets }): readonly Item[] => {
    const own = { version: versions.get(guid) ?? 0, rule: guid };
    if (!format.backends) return [{ ...facts, ...own, queries: shownQueries(targets) }];
    const queries = targets[target]?.queries ?? [];
    // A union of which a part is missing says less than the rule.
    if (queries.some((query) => overLimit(query, format) !== undefined)) return [];
    const items = queries.map((query): Item => ({ ...fitted(query, format), ...own }));
    return [...items, ...gathered(items, facts, format)].map((item) => ({
      ...item,
      entities: entitiesOf(item, format),
    }));
  });
}

/** What the platform of a format knows an item by, where it takes each name only once. */
export function uniqueName({ 'unique-name': name = '', tables = {} }: Format, item: Item): string {
  return textOf(buildValue(name, item, { tables, escape: (text) => text }));
}

/** The item that makes one visible alert of what the queries of a union find, where the format has one. */
function gathered(
  items: readonly Item[],
  rule: Item,
  { gather, tables = {} }: Format,
): readonly Item[] {
  const [first] = items;
  if (!gather || !first || items.length === 1) return [];
  const parts = items.map(({ guid }) => guid!);
  const query = buildValue(gather.query, { parts }, { tables, escape: (text) => text })!;
  const { backend, targets } = gather;
  const { guid, title, slug, delay } = rule;
  const frequency = first['frequency'] as number;
  const earliest = frequency + (delay as number);
  const whole = {
    guid: guid!,
    title: title!,
    slug: slug!,
    part: false,
    single: false,
    reads: [],
    until: 'now',
  };
  return [
    {
      ...first,
      ...whole,
      query,
      text: query,
      backend,
      type: backend,
      targets,
      indexed: true,
      earliest,
    },
  ];
}

/** The queries that documents show beside one another: those of the first target of each language. */
function shownQueries(targets: PackedRule['targets']): readonly Item[] {
  const shown = new Map<string, readonly Item[]>();
  for (const target of targets) {
    if (target && target.queries.length > 0 && !shown.has(target.backend))
      shown.set(
        target.backend,
        target.queries.map(({ query, backend }) => ({ query: query!, backend: backend! })),
      );
  }
  return [...shown.values()].flat();
}

/** The entities that the columns identify by what they hold, each by up to three columns, ten at most (Sentinel). */
function entitiesOf(item: Item, { entities = [] }: Format): readonly Json[] {
  const columns = item['columns'] as readonly string[];
  const held = item['fields'] as readonly string[];
  const found = new Map<string, { identifier: string; column: string }[]>();
  for (const { type, identifier, columns: names, extra = false } of entities) {
    if (extra && !found.has(type)) continue;
    const name = names.find((each) => held.includes(each));
    const column = name === undefined ? undefined : columns[held.indexOf(name)];
    const fields = found.get(type) ?? [];
    if (column !== undefined && fields.length < 3)
      found.set(type, [...fields, { identifier, column }]);
  }
  return [...found].slice(0, 10).map(([type, fields]) => ({ type, fields }));
}

function packScope({ pack, attack, rules }: Contents): Scope {
  return {
    pack: pack as unknown as Json,
    attackVersion: attack.version,
    attackMajor: attack.version.replace(/\..*/, ''),
    ...coverageFacts(rules, attack),
  };
}

function buildFormat(
  format: Format,
  items: readonly Item[],
  scope: Scope,
  { sources }: Contents,
): readonly Artifact[] {
  const every = { ...scope, items };
  return format.files.flatMap((file) => {
    const each: readonly Item[] =
      file.each === 'source' ? sources.map((source) => ({ ...source })) : items;
    if (!file.each) return [buildFile(file, format, every)];
    return each.map((item) => ({
      ...buildFile(file, format, { ...every, ...item }),
      ...(typeof item['rule'] === 'string' && { rule: item['rule'] }),
    }));
  });
}

function buildFile(file: FormatFile, format: Format, scope: Scope): Artifact {
  const options = {
    tables: format.tables ?? {},
    escape: escapeFor(file.syntax),
  };
  const tree = 'value' in file ? file.value : file.slots;
  const value = buildValue(tree, scope, options) ?? null;
  const text =
    'value' in file
      ? print(value, file.syntax)
      : format.templates[file.template.replace(/\.hbs$/, '')]!(value);
  return { path: pathOf(file.path, format, scope), bytes: strToU8(text) };
}

/** A path never leaves the pack: whatever a rule is called, its slots are words or were made safe. */
function pathOf(path: string, format: Format, scope: Scope): string {
  const filled = buildValue(path, scope, { tables: format.tables ?? {}, escape: (text) => text });
  if (typeof filled !== 'string' || /(?:^|\/)(?:\.{0,2})(?:\/|$)|[\\:\0]/.test(filled))
    throw new Error(`${textOf(filled)} is no path in a pack`);
  return filled;
}
