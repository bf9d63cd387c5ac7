import { diagnostic, type Span } from '../../diagnostics/index.js';
import { compileRegex } from '../../regex/index.js';
import { comparison, readConstant } from '../elastic/constant.js';
import type { Column } from '../elastic/documents.js';
import { compileGlob, type GlobPart } from '../elastic/glob.js';
import { translateRegex } from '../elastic/lucene-regex.js';
import { foldCase, type Scalar } from '../elastic/scalar.js';
import type { JsonNode, ObjectNode, ScalarNode } from './json.js';
import {
  expected,
  never,
  onlyEntry,
  optionsOf,
  unsupported,
  type Condition,
  type Scope,
} from './scope.js';

type LeafClause = 'term' | 'prefix' | 'wildcard' | 'regexp';

type ScalarTest = (value: Scalar) => boolean;

/** Whether some value of the field passes. */
export function anyValue({ values }: Column, test: ScalarTest): Condition {
  return (row) => values[row]!.some(test);
}

/** The column that a clause tests; undefined for a field that no index maps, or after an error. */
export function columnFor(
  name: string,
  clause: string,
  span: Span,
  scope: Scope,
): Column | undefined {
  const column = scope.documents.column(name);
  if (!column) return undefined;
  const type =
    column.conflict === undefined ? column.type : `${column.type} and ${column.conflict}`;
  if (type === column.type && column.family !== 'other' && type !== 'text') return column;
  scope.report(diagnostic('dsl/field-type', span, { clause, field: name, type }));
  return undefined;
}

/** Compiles `term`, `prefix`, `wildcard` and `regexp`. */
export function compileLeaf(clause: LeafClause, node: ObjectNode, scope: Scope): Condition {
  const entry = onlyEntry(node, `${clause} with one field`, scope);
  if (!entry) return never;
  const { key: field, keySpan, value: written } = entry;
  const options = written.kind === 'object' ? optionsFor(clause, written, scope) : undefined;
  const value = options ? options['value'] : written;
  if (value?.kind !== 'scalar' || value.value === null) {
    return expected('a value', value ?? written, scope);
  }
  const folded = isTrue(options?.['case_insensitive'], scope);
  const flags = options?.['flags'];
  if (flags && hasOperators(flags, value)) {
    return unsupported('flags that change the meaning of the expression', flags.span, scope);
  }
  const column = columnFor(field, clause, keySpan, scope);
  const needsText = clause !== 'term' || folded;
  const isText = column?.family === 'string' || (column?.family === 'keyed' && isKeyed(clause));
  if (column && needsText && !isText) {
    const how = clause === 'term' ? 'term without regard to case' : clause;
    const parameters = { clause: how, field, type: column.type };
    scope.report(diagnostic('dsl/field-type', keySpan, parameters));
    return never;
  }
  if (clause === 'term' && !folded) return column ? compileTerm(column, value, scope) : never;
  const test = textTest(clause, value, folded, scope);
  return column && test ? anyValue(column, (found) => test(String(found))) : never;
}

/** A part of a flattened field knows no patterns. */
function isKeyed(clause: LeafClause): boolean {
  return clause === 'term' || clause === 'prefix';
}

function optionsFor(clause: LeafClause, node: ObjectNode, scope: Scope) {
  const common = ['value', 'case_insensitive', 'boost', '_name'] as const;
  switch (clause) {
    case 'term':
      return optionsOf<string>(node, clause, common, scope);
    case 'regexp':
      return optionsOf<string>(
        node,
        clause,
        [...common, 'flags', 'max_determinized_states', 'rewrite'],
        scope,
      );
    default:
      return optionsOf<string>(node, clause, [...common, 'rewrite'], scope);
  }
}

function isTrue(node: JsonNode | undefined, scope: Scope): boolean {
  if (!node) return false;
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (value !== true && value !== false) expected('true or false', node, scope);
  return value === true;
}

/** Whether the expression uses operators that flags other than ALL turn off. */
function hasOperators(flags: JsonNode, { value }: ScalarNode): boolean {
  return !(flags.kind === 'scalar' && flags.value === 'ALL') && /[~#@&<"]/.test(String(value));
}

function compileTerm(column: Column, { value, span }: ScalarNode, scope: Scope): Condition {
  const range = readConstant(value!, column.family);
  if (range) return anyValue(column, comparison('==', range, column.family));
  const parameters = { value: JSON.stringify(value), type: column.type };
  scope.report(diagnostic('dsl/mismatched-type', span, parameters));
  return never;
}

/** Compiles `terms`: any of several values. */
export function compileTerms({ entries, span }: ObjectNode, scope: Scope): Condition {
  const fields = entries.filter(({ key }) => key !== 'boost' && key !== '_name');
  const [entry] = fields;
  if (!entry || fields.length > 1) {
    return expected('terms with one field', { kind: 'object', entries, span }, scope);
  }
  const { key: field, keySpan, value } = entry;
  if (value.kind === 'object') return unsupported('a terms lookup', value.span, scope);
  if (value.kind !== 'array') return expected('a list of values', value, scope);
  const column = columnFor(field, 'terms', keySpan, scope);
  const conditions = value.items.map((item) =>
    item.kind === 'scalar' && item.value !== null
      ? column
        ? compileTerm(column, item, scope)
        : never
      : expected('a value', item, scope),
  );
  return (row) => conditions.some((each) => each(row));
}

/** Compiles `exists`: the field, or one of the object's, has a value, be it empty; null and an empty list are none. */
export function compileExists(node: ObjectNode, scope: Scope): Condition {
  const { field } = optionsOf(node, 'exists', ['field', 'boost', '_name'], scope);
  if (field?.kind !== 'scalar' || typeof field.value !== 'string') {
    return expected('the name of a field', field ?? node, scope);
  }
  if (field.value.includes('*')) return unsupported('a pattern of fields', field.span, scope);
  const name = field.value;
  const { documents, report } = scope;
  const own = documents.column(name);
  const inside = documents.names().filter((each) => each.startsWith(`${name}.`));
  const columns = own ? [own] : inside.map((each) => documents.column(each)!);
  const other = columns.find(({ family }) => family === 'other');
  if (other) {
    const parameters = { clause: 'exists', field: other.name, type: other.type };
    report(diagnostic('dsl/field-type', field.span, parameters));
    return never;
  }
  return (row) => columns.some(({ values }) => values[row]!.length > 0);
}

/** A test of a whole text; without regard to case it folds ASCII letters. */
function textTest(
  clause: LeafClause,
  { value, span }: ScalarNode,
  folded: boolean,
  scope: Scope,
): ((text: string) => boolean) | undefined {
  const written = String(value);
  if (clause === 'regexp') return regexTest(written, folded, span, scope);
  const pattern = folded ? foldCase(written) : written;
  const test =
    clause === 'wildcard'
      ? compileGlob(wildcardParts(pattern))
      : clause === 'prefix'
        ? (text: string) => text.startsWith(pattern)
        : (text: string) => text === pattern;
  return folded ? (text) => test(foldCase(text)) : test;
}

/** `*` and `?`; a backslash makes the next character, whatever it is, stand for itself. */
function wildcardParts(pattern: string): readonly GlobPart[] {
  return [...pattern.matchAll(/\\([^])|([*?])|[^\\*?]+|\\$/g)].map(([text, escaped, wildcard]) => {
    if (wildcard !== undefined) return { wildcard: wildcard === '*' ? 'any-run' : 'any-one' };
    return escaped ?? text;
  });
}

function regexTest(
  pattern: string,
  folded: boolean,
  span: Span,
  scope: Scope,
): ((text: string) => boolean) | undefined {
  const translated = translateRegex(pattern, folded);
  const compiled =
    typeof translated === 'string' ? undefined : compileRegex(translated.source, {}, span);
  if (compiled?.ok) return compiled.value.found;
  const reasons = compiled?.diagnostics.map(({ message }) => message).join('; ');
  const reason = typeof translated === 'string' ? translated : (reasons ?? '');
  scope.report(diagnostic('dsl/regex', span, { reason }));
  return undefined;
}
