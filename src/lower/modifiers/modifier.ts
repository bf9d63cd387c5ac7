import { diagnostic, failure, type Outcome, type Span } from '../../diagnostics/index.js';
import type { Value } from '../../syntax/index.js';
import { draftNames, type Draft, type DraftKind } from './draft.js';

/** A modifier, as the registry and the reference list it. */
export type Modifier = ValueModifier | ItemModifier;

interface Described {
  readonly name: string;
  readonly family: string;
  /** One line for the reference. */
  readonly about: string;
}

/** Makes something else of each value: one draft, or several that are linked by OR. */
export interface ValueModifier extends Described {
  readonly kind: 'value';
  readonly accepts: readonly DraftKind[];
  readonly gives: readonly DraftKind[];
  /** Reads the value as written, so nothing may be done to it before. */
  readonly first?: boolean;
  readonly apply: (draft: Draft, place: Place) => Outcome<readonly Draft[]>;
}

/** Says something of the whole item. */
export interface ItemModifier extends Described {
  readonly kind: 'item';
  readonly name: 'all' | 'cased' | 'neq';
}

/** What a modifier may know of where it stands. */
export interface Place {
  readonly modifier: string;
  readonly span: Span;
  readonly value: Value;
  readonly placeholders: Placeholders;
}

/** What placeholders stand for: name → values, each with Sigma's wildcards. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** The failure of a modifier that got a kind it cannot take. */
export function wrongValue(modifier: ValueModifier, draft: Draft, place: Place): Outcome<never> {
  const names = modifier.accepts.map((kind) => draftNames[kind]);
  const wanted = names.join(', ').replace(/, (?=[^,]*$)/, ' or ');
  const help = advice(modifier, draft);
  return failure(
    diagnostic(
      'modifier/wrong-value',
      place.span,
      { modifier: place.modifier, wanted, found: draftNames[draft.kind] },
      { ...(help && { help }), related: [{ message: 'the value', span: place.value.span }] },
    ),
  );
}

function advice({ accepts, name }: ValueModifier, draft: Draft): string | undefined {
  if (draft.kind === 'text' && accepts.includes('number')) return 'write the number without quotes';
  if (draft.kind === 'text' && accepts.includes('boolean'))
    return 'write true or false without quotes';
  if (draft.kind === 'text' && accepts.includes('regex')) return `write re before ${name}`;
  if (!accepts.includes('text')) return undefined;
  switch (draft.kind) {
    case 'number':
    case 'boolean':
      return 'put the value in quotes to treat it as text';
    case 'null':
      return 'to ask for a missing field, write null without a modifier';
    case 'bytes':
      return `write base64 or base64offset before ${name}`;
    case 'comparison':
      return 'write a range as two items of one map, such as `field|gte: 1` and `field|lt: 9`';
    case 'regex':
      return 'say it in the expression itself';
    default:
      return `${draftNames[draft.kind]} stands alone: leave ${name} out`;
  }
}
