import { diagnostic, type Diagnostic } from '../diagnostics/index.js';
import {
  fold,
  simplify,
  type Field,
  type Predicate,
  type PredicateAlgebra,
  type PredicateOf,
} from '../ir/index.js';
import type { Notes } from './notes.js';
import { inFields, typed, type ColumnAtom } from './typing.js';

/** The predicate with keywords spread over fields, atoms typed by their columns, constants gone. */
export function typedPredicate(predicate: Predicate, notes: Notes): Predicate {
  return simplify(fold(predicate, typingOf(notes)));
}

type AnyKeyword = PredicateOf<'keyword' | 'keyword-regex'>;

function typingOf(notes: Notes): PredicateAlgebra<Predicate> {
  const { types } = notes.backend.manifest;
  const same = (node: Predicate) => node;
  const atom = (node: ColumnAtom) => {
    notes.names.add(node.field.name);
    return typed(node, types[node.field.type].holds);
  };
  const keyword = (node: AnyKeyword): Predicate => {
    const fields = fieldsOf(node, notes);
    if (fields.length === 0) notes.diagnostics.push(withoutFields(node, notes));
    return fold(inFields(node, fields), algebra);
  };
  const algebra: PredicateAlgebra<Predicate> = {
    and: ({ origin }, operands): Predicate => ({ kind: 'and', operands, origin }),
    or: ({ origin }, operands): Predicate => ({ kind: 'or', operands, origin }),
    not: ({ origin }, [operand]) => ({ kind: 'not', operand: operand!, origin }),
    constant: same,
    field: (node) => {
      notes.names.add(node.field.name).add(node.other.name);
      return node;
    },
    string: atom,
    number: atom,
    boolean: atom,
    null: atom,
    blank: atom,
    exists: atom,
    comparison: atom,
    regex: atom,
    cidr: atom,
    'time-part': atom,
    keyword,
    'keyword-regex': keyword,
  };
  return algebra;
}

/** Where a keyword looks: in the pipeline's fields, else in the field of the whole text. */
function fieldsOf({ fields }: AnyKeyword, { backend, assumptions }: Notes): readonly Field[] {
  const { keyword } = backend.manifest;
  if (fields.length > 0) {
    assumptions.add('keyword-fields');
    return fields;
  }
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
