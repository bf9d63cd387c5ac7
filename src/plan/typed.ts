import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import {
  rewritten,
  shapeOf,
  type Atom,
  type Field,
  type Predicate,
  type PredicateOf,
  type StringAtom,
} from '../ir/index.js';
import type { ColumnType } from './manifest.js';
import type { Notes } from './notes.js';
import { inFields, typed, type ColumnAtom } from './typing.js';

/** The predicate with keywords spread over fields, atoms typed by their columns, constants gone. */
export function typedPredicate(predicate: Predicate, notes: Notes): Predicate {
  const replace = (atom: Atom): Predicate => typedAtom(atom, notes, replace);
  return rewritten(predicate, replace);
}

type AnyKeyword = PredicateOf<'keyword' | 'keyword-regex'>;

function typedAtom(atom: Atom, notes: Notes, replace: (atom: Atom) => Predicate): Predicate {
  switch (atom.kind) {
    case 'keyword':
    case 'keyword-regex': {
      const fields = fieldsOf(atom, notes);
      if (fields.length === 0) notes.diagnostics.push(withoutFields(atom, notes));
      return rewritten(inFields(atom, fields), replace);
    }
    case 'field':
      notes.names.add(atom.field.name).add(atom.other.name);
      return atom;
    default:
      notes.names.add(atom.field.name);
      return typedBy(notes.backend.manifest.types[atom.field.type].holds, atom, notes);
  }
}

/** A column of addresses answers a test of texts by the address, however the event wrote it. */
function typedBy(holds: ColumnType['holds'], atom: ColumnAtom, { classes }: Notes): Predicate {
  const answered = typed(atom, holds);
  const readsText = atom.kind === 'regex' || (atom.kind === 'string' && !isPresence(atom));
  if (holds === 'address' && readsText && answered.kind !== 'constant') {
    classes.add('canonical-addresses');
  }
  return answered;
}

function isPresence({ pattern }: StringAtom): boolean {
  return shapeOf(pattern).kind === 'any';
}

/** Where a keyword looks: in the pipeline's fields, else in the field of the whole text. */
function fieldsOf({ fields }: AnyKeyword, { backend, assumptions }: Notes): readonly Field[] {
  const { keyword } = backend.manifest;
  if (fields.length > 0) return fields;
  if ('unsupported' in keyword) return [];
  assumptions.add('whole-text');
  return [{ name: keyword.field, type: 'text' }];
}

function withoutFields(node: AnyKeyword, { backend }: Notes): Diagnostic {
  const { title, keyword } = backend.manifest;
  return diagnostic('plan/keyword-without-fields', node.origin, {
    backend: title,
    reason: 'unsupported' in keyword ? keyword.unsupported : '',
  });
}
