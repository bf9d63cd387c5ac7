import {
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
  type Span,
} from '../diagnostics/index.js';
import type { Field, Predicate } from '../ir/index.js';
import { fieldOf } from './map-atom.js';
import { askingOf, columnsOf, lookUp, unmapped, type Home } from './map-target.js';
import type { FieldMapping } from './model/index.js';
import { forEvents } from './values/by-event.js';

/** A key or a value of a correlation on the target. */
export interface MappedKey {
  readonly field: Field;
  readonly assumptions: readonly string[];
}

/**
 * A field that a correlation groups by or counts, as one field of the target.
 *
 * @param predicate of the rule whose hits have the key
 */
export function mapKey(
  name: string,
  home: Home,
  predicate: Predicate,
  origin: Span | undefined,
): Outcome<MappedKey> {
  const found = keyMapping(name, home);
  const asking = askingOf(predicate);
  const mapping = found && forEvents(found, asking.events);
  if (!mapping) return failure(unmapped(name, home, asking, origin, 'pipeline/key-unmapped'));
  const { alternatives, writing } = mapping;
  const isSpread = ['hashes', 'by-event', 'domain-user'].includes(writing?.kind ?? '');
  if (alternatives || (isSpread && mapping.expression === undefined)) {
    const names = (alternatives ?? []).map(({ column }) => column).join(', ');
    const help = names === '' ? {} : { help: `take one of them: ${names}` };
    return failure(diagnostic('pipeline/key-over-columns', origin, { field: name }, help));
  }
  const field = fieldOf(name, mapping, columnsOf(home));
  const absent = leftOut(mapping, field);
  const faithful = ['affix', 'registry-path', 'hex-number', 'hex-text'];
  if (writing && !isSpread && !faithful.includes(writing.kind) && absent === undefined) {
    return failure(rewritten(name, 'several values may share one form', origin));
  }
  const { assumptions } = mapping;
  return success({ field: absent === undefined ? field : { ...field, absent }, assumptions });
}

/** The same for a field that is counted: nothing cannot be told from a word there. */
export function mapValue(
  name: string,
  home: Home,
  predicate: Predicate,
  origin: Span | undefined,
): Outcome<MappedKey> {
  const mapped = mapKey(name, home, predicate, origin);
  const absent = mapped.ok ? mapped.value.field.absent : undefined;
  return absent === undefined
    ? mapped
    : failure(rewritten(name, `“${absent}” is left out, and would not be counted`, origin));
}

function rewritten(field: string, reason: string, origin: Span | undefined): Diagnostic {
  const help = 'take a field that the target keeps as it is';
  return diagnostic('pipeline/key-rewritten', origin, { field, reason }, { help });
}

/**
 * The only word that the target leaves out, where nothing else is changed. A column of addresses holds
 * neither the word nor an empty text, so that nothing there means the word.
 */
function leftOut({ writing }: FieldMapping, { type }: Field): string | undefined {
  if (writing?.kind !== 'values' || writing.others !== 'same' || type !== 'ip') return undefined;
  const [first, ...more] = writing.values;
  const [word = '', written = []] = first ?? [];
  const isLeftOut = more.length === 0 && written.length === 1 && written[0] === null;
  return isLeftOut && /^[\w.-]+$/.test(word) ? word : undefined;
}

/** Where a field is found as a key: at the usual place of keys, or where its tests find it. */
export function keyMapping(name: string, home: Home): FieldMapping | undefined {
  const { spec, final, columns } = home;
  const usual = final.has(name) ? undefined : spec.keys.get(name);
  return (
    usual?.find(({ column }) => !columns || Object.hasOwn(columns, column)) ?? lookUp(name, home)
  );
}
