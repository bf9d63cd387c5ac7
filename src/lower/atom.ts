import { diagnostic, failure, success, type Outcome, type Span } from '../diagnostics/index.js';
import {
  anyRun,
  negation,
  pattern,
  type Field,
  type PatternPart,
  type Predicate,
} from '../ir/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
import type { Draft, TextPart } from './modifiers/draft.js';

/** The test that a finished draft stands for. */
export function atomOf(
  draft: Draft,
  item: DetectionItem,
  value: Value,
  cased: boolean,
): Outcome<Predicate> {
  const origin = value.span;
  if (!item.field) return keywordOf(draft, item, origin, cased);
  const field: Field = { name: item.field.value, type: 'any' };
  switch (draft.kind) {
    case 'text': {
      const parts = finished(draft.parts, origin);
      if (!parts.ok) return parts;
      return success({ kind: 'string', field, pattern: pattern(parts.value), cased, origin });
    }
    case 'number':
      return success({ kind: 'number', field, value: draft.value, origin });
    case 'boolean':
      return success({ kind: 'boolean', field, value: draft.value, origin });
    case 'null':
      return success({ kind: 'null', field, origin });
    case 'exists': {
      const exists: Predicate = { kind: 'exists', field, origin };
      return success(draft.value ? exists : negation(exists, origin));
    }
    case 'field': {
      const other: Field = { name: draft.name, type: 'any' };
      return success({ kind: 'field', field, other, test: draft.test, cased, origin });
    }
    case 'regex':
    case 'cidr':
    case 'comparison':
    case 'time-part':
      return success({ ...draft, field, origin });
    case 'bytes':
      throw new Error('bytes are refused before');
  }
}

/** A keyword stands anywhere in the text, unless startswith or endswith says where. */
function keywordOf(
  draft: Draft,
  item: DetectionItem,
  origin: Span,
  cased: boolean,
): Outcome<Predicate> {
  const run = item.modifiers.some(({ value }) => /^(starts|ends)with$/.test(value)) ? [] : [anyRun];
  const keyword = (parts: readonly PatternPart[]) =>
    success<Predicate>({
      kind: 'keyword',
      pattern: pattern([...run, ...parts, ...run]),
      cased,
      fields: [],
      origin,
    });
  switch (draft.kind) {
    case 'text': {
      const parts = finished(draft.parts, origin);
      return parts.ok ? keyword(parts.value) : parts;
    }
    case 'number':
      return keyword([draft.written]);
    case 'boolean':
      return keyword([String(draft.value)]);
    case 'regex':
      return success({
        kind: 'keyword-regex',
        source: draft.source,
        flags: draft.flags,
        fields: [],
        origin,
      });
    default: {
      const modifier = item.modifiers.at(-1)!;
      return failure(
        diagnostic('modifier/needs-field', modifier.span, { modifier: modifier.value }),
      );
    }
  }
}

function finished(parts: readonly TextPart[], span: Span): Outcome<readonly PatternPart[]> {
  const done: PatternPart[] = [];
  for (const part of parts) {
    if (typeof part === 'object' && part.kind === 'placeholder') {
      return failure(diagnostic('modifier/unhandled-placeholder', span, { name: part.name }));
    }
    done.push(part);
  }
  return success(done);
}
