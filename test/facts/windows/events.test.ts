import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { loadPipeline } from '../../../src/pipeline/index.js';
import type { FieldMapping, TargetSpec } from '../../../src/pipeline/model/index.js';

/** Names in events of one number, by how they are written. */
interface Written {
  readonly named?: readonly string[];
  readonly elements?: readonly string[];
  readonly user?: readonly string[];
}

/** What public material tells of a channel; the format is at the head of events.yml. */
interface Channel {
  readonly events?: Readonly<Record<string, Written>>;
  readonly unnamed?: readonly number[];
  readonly manifest?: Readonly<Record<string, readonly string[]>>;
}

const text = readFileSync(new URL('events.yml', import.meta.url), 'utf8');
const { channels, unknown } = load(text) as {
  readonly channels: Readonly<Record<string, Channel>>;
  /** Names that the pipeline asks for, and nothing public shows. */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
};

const sentinel = (await loadPipeline('sentinel', 'kql'))!;

/** Every target that reads the XML of events, with its channels and numbers. */
const targets = [...new Set(sentinel.logSources.map((key) => sentinel.source(key)!))].flatMap(
  (source) => source.targets.filter(({ table }) => table === 'Event'),
);

describe.each(targets.map((target) => [placeOf(target), target] as const))('%s', (_, target) => {
  test('fields are written as events of the channel have them, or rest on an inferred fact', () => {
    const wrong = [...target.fields].flatMap(([name, mapping]) =>
      partsOf(mapping).flatMap((part) => {
        const verdict = judged(part.path, target);
        const isMarked = mapping.inferred || target.inferred;
        return verdict === 'right' || (verdict === 'unknown' && isMarked)
          ? []
          : [`${name} as ${part.path.join('/')}: ${verdict}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('other fields are looked for where events of the channel have fields', () => {
    const { others } = target;
    const wrong = (others ? partsOf(others) : []).filter(({ path, ids }) => {
      const kinds = kindsOf(target, ids);
      const asked = path.length > 1 ? 'user' : 'named';
      return kinds.size > 0 ? !kinds.has(asked) : !others!.inferred && !target.inferred;
    });
    expect(wrong).toEqual([]);
  });
});

test('what is not known is listed', () => {
  const found = targets.flatMap((target) =>
    [...target.fields].flatMap(([name, mapping]) =>
      partsOf(mapping).some(({ path }) => judged(path, target) === 'unknown')
        ? [`${placeOf(target)}: ${name}`]
        : [],
    ),
  );
  const listed = Object.entries(unknown).flatMap(([place, names]) =>
    names.map((name) => `${place}: ${name}`),
  );
  expect(found.sort()).toEqual(listed.sort());
});

test('every channel of the facts is one that the pipeline asks', () => {
  const asked = new Set(targets.flatMap(channelsOf));
  expect(Object.keys(channels).filter((name) => !asked.has(name))).toEqual([]);
});

/** A part of the document that a mapping reads, and the events that it is for. */
interface Part {
  readonly path: readonly (string | number)[];
  readonly ids?: ReadonlySet<string>;
}

function partsOf(mapping: FieldMapping): readonly Part[] {
  const { alternatives, writing, stores = [] } = mapping;
  if (alternatives) return alternatives.flatMap(partsOf);
  if (writing?.kind === 'by-event') {
    return writing.cases.flatMap(({ eventIds, field }) =>
      partsOf(field).map((part) => ({ ...part, ...(eventIds.size > 0 && { ids: eventIds }) })),
    );
  }
  return stores.flatMap((store) => (store.kind === 'xml' ? [{ path: store.path }] : []));
}

function judged(path: Part['path'], target: TargetSpec): 'right' | 'otherwise' | 'unknown' {
  const name = String(path.at(-1));
  const kind = path.length === 1 ? 'named' : path[0] === 'UserData' ? 'user' : 'elements';
  const events = eventsOf(target);
  if (events.some((each) => each[kind]?.includes(name))) return 'right';
  const isOther = events.some(({ named = [], elements = [], user = [] }) =>
    [...named, ...elements, ...user].includes(name),
  );
  if (isOther) return 'otherwise';
  const isListed = channelsOf(target).some((channel) =>
    Object.values(channels[channel]?.manifest ?? {}).some((names) => names.includes(name)),
  );
  return isListed && kind === 'named' ? 'right' : 'unknown';
}

/** How recorded events of the target are written; nothing where none is recorded and no manifest is known. */
function kindsOf(target: TargetSpec, ids?: ReadonlySet<string>): ReadonlySet<string> {
  const events = channelsOf(target).flatMap((name) =>
    Object.entries(channels[name]?.events ?? {}).filter(([id]) => ids?.has(id) ?? true),
  );
  const kinds = events.flatMap(([, { named, user }]) => [
    ...(named ? ['named'] : []),
    ...(user ? ['user'] : []),
  ]);
  const known = channelsOf(target).map((name) => channels[name]);
  const isUnnamed = known.some((each) => each?.unnamed);
  const isListed = known.some((each) => each?.manifest && !each.events);
  return new Set([...kinds, ...(isUnnamed ? ['unnamed'] : []), ...(isListed ? ['named'] : [])]);
}

function eventsOf(target: TargetSpec): readonly Written[] {
  const ids = valuesOf(target, 'EventID');
  return channelsOf(target).flatMap((name) =>
    Object.entries(channels[name]?.events ?? {}).flatMap(([id, written]) =>
      ids.length === 0 || ids.includes(id) ? [written] : [],
    ),
  );
}

/** Sysmon's categories ask for its name, which no other channel has. */
function channelsOf(target: TargetSpec): readonly string[] {
  const isSysmon = valuesOf(target, 'Source').includes('Microsoft-Windows-Sysmon');
  return isSysmon ? ['Microsoft-Windows-Sysmon/Operational'] : valuesOf(target, 'EventLog');
}

function valuesOf({ scope }: TargetSpec, column: string): readonly string[] {
  return scope.flatMap((all) =>
    all.flatMap(({ field, values }) => (field.column === column ? values.map(String) : [])),
  );
}

function placeOf(target: TargetSpec): string {
  return [...channelsOf(target), ...valuesOf(target, 'EventID')].join(', ') || 'any event';
}
