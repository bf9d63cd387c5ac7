import { diagnostic, failure, success, type Outcome } from '../../diagnostics/index.js';
import { base64, utf16, utf8 } from './bytes.js';
import type { Draft, DraftKind } from './draft.js';
import { wrongValue, type Place, type ValueModifier } from './modifier.js';

export const encodingModifiers: readonly ValueModifier[] = [
  encoding('base64', 'the value in base64', 'text', (bytes) => success([literal(base64(bytes))])),
  encoding(
    'base64offset',
    'the value inside of a longer base64 text, at its three possible offsets',
    'text',
    (bytes, place) => {
      const cores = offsets.map(({ lead, skip }) => {
        const text = base64([...Array<number>(lead).fill(0), ...bytes]);
        return text.slice(skip, text.length - unsure[(bytes.length + lead) % 3]!);
      });
      if (cores.every(Boolean)) return success(cores.map(literal));
      const value = place.value.kind === 'string' ? place.value.text : '';
      return failure(
        diagnostic('modifier/too-short', place.value.span, { modifier: 'base64offset', value }),
      );
    },
  ),
  ...['utf16le', 'wide'].map((name) => utf16Modifier(name, 'UTF-16, little endian', 'le')),
  utf16Modifier('utf16be', 'UTF-16, big endian', 'be'),
  utf16Modifier('utf16', 'UTF-16, little endian, with a byte order mark', 'bom'),
];

/** Bytes before the value, and the base64 letters that depend on them. */
const offsets = [
  { lead: 0, skip: 0 },
  { lead: 1, skip: 2 },
  { lead: 2, skip: 3 },
];

/** Letters at the end that depend on what follows (and padding), by the number of bytes modulo 3. */
const unsure = [0, 3, 2];

function utf16Modifier(name: string, what: string, order: 'le' | 'be' | 'bom'): ValueModifier {
  const about = `the bytes of the value in ${what}; base64 or base64offset follows`;
  const modifier: ValueModifier = {
    kind: 'value',
    name,
    family: 'encoding',
    about,
    accepts: ['text'],
    gives: ['bytes'],
    apply: (draft, place) => {
      if (draft.kind !== 'text') return wrongValue(modifier, draft, place);
      const text = literalText(draft, place);
      return text.ok ? success([{ kind: 'bytes', bytes: utf16(text.value, order) }]) : text;
    },
  };
  return modifier;
}

function encoding(
  name: string,
  about: string,
  gives: DraftKind,
  encode: (bytes: readonly number[], place: Place) => Outcome<readonly Draft[]>,
): ValueModifier {
  const modifier: ValueModifier = {
    kind: 'value',
    name,
    family: 'encoding',
    about,
    accepts: ['text', 'bytes'],
    gives: [gives],
    apply: (draft, place) => {
      if (draft.kind === 'bytes') return encode(draft.bytes, place);
      if (draft.kind !== 'text') return wrongValue(modifier, draft, place);
      const text = literalText(draft, place);
      return text.ok ? encode(utf8(text.value), place) : text;
    },
  };
  return modifier;
}

function literal(text: string): Draft {
  return { kind: 'text', parts: text ? [text] : [] };
}

function literalText(draft: Extract<Draft, { kind: 'text' }>, place: Place): Outcome<string> {
  const { modifier, value } = place;
  let text = '';
  for (const part of draft.parts) {
    if (typeof part === 'string') {
      text += part;
    } else if (part.kind === 'placeholder') {
      const reason = 'the placeholder has no value yet';
      const parameters = { modifier, other: 'expand', reason };
      const help = `write expand before ${modifier}`;
      return failure(diagnostic('modifier/combination', place.span, parameters, { help }));
    } else {
      const char = part.kind === 'any-run' ? '*' : '?';
      const help = `escape a literal ${char} with a backslash; write contains, startswith or endswith behind ${modifier}`;
      return failure(diagnostic('modifier/wildcard', value.span, { modifier }, { help }));
    }
  }
  return success(text);
}
