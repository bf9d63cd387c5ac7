import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
import { neverDeciding } from './never-decides.js';
import { repeated } from './repeated.js';
import { hasModifier, itemsOf, type Detector } from './subject.js';
import { wildcardsOf } from './wildcards.js';

type StringValue = Extract<Value, { kind: 'string' }>;

/** Values that say something else than they seem to, or say it in a roundabout way. */
export function lintValues({ document: { selections } }: Detector): readonly Diagnostic[] {
  return selections.flatMap(({ detection }) => itemsOf(detection)).flatMap(lintItem);
}

function lintItem(item: DetectionItem): readonly Diagnostic[] {
  const strings = item.values.filter((value) => value.kind === 'string');
  const isPattern = !hasModifier(item, 're', 'cidr', 'fieldref', 'base64', 'base64offset');
  return [
    ...strings.flatMap(controlCharacters),
    ...(isPattern ? strings.flatMap(patternLints) : []),
    ...wildcardsForModifier(item, strings),
    ...repeatedValues(item),
    ...neverDeciding(item, strings),
    ...impossibleAll(item, strings),
  ];
}

/**
 * Characters that nobody sees in an editor, except in an emoji; and those that double quotes make
 * of a path, as in "C:\temp".
 */
function controlCharacters({ text, span }: StringValue): readonly Diagnostic[] {
  const written = span.source.text.slice(span.start, span.end);
  const unseen = /(?<![\p{Emoji}\ufe0f])[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u.exec(
    written,
  );
  const escaped = /(?<=[\w:\\])[\0-\x1f\x7f-\x9f](?=\w)/.exec(written === text ? '' : text);
  const found = unseen ?? escaped;
  if (!found) return [];
  const code = `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return [diagnostic('lint/control-character', span, { code })];
}

function patternLints({ text, span }: StringValue): readonly Diagnostic[] {
  const { active, escaped } = wildcardsOf(text);
  const found: Diagnostic[] = [];
  if (active.some((at, index) => active[index + 1] === at + 1 && text.startsWith('**', at))) {
    found.push(diagnostic('lint/double-wildcard', span, {}));
  }
  // Behind a part of a path a star is meant as a wildcard, unless the backslash before it is
  // escaped too, which nobody writes by chance.
  const part = text.search(/\\[^\\*?]/);
  const isMeant = (at: number): boolean => text[at] === '*' && text[at - 2] !== '\\';
  if (part >= 0 && escaped.some((at) => at > part + 2 && isMeant(at))) {
    const help = "a backslash and then any text is written '\\\\*'";
    found.push(diagnostic('lint/escaped-wildcard', span, {}, { help }));
  }
  return found;
}

/** Values that all have their only wildcards at the same ends, for which there are modifiers. */
function wildcardsForModifier(
  { field, modifiers, values }: DetectionItem,
  strings: readonly StringValue[],
): readonly Diagnostic[] {
  if (!field || modifiers.length > 0 || strings.length < values.length) return [];
  const [modifier, ...others] = new Set(strings.map(({ text }) => modifierFor(text)));
  return modifier !== undefined && others.length === 0
    ? [diagnostic('lint/wildcard-for-modifier', field.span, { modifier })]
    : [];
}

function modifierFor(text: string): string | undefined {
  const { active } = wildcardsOf(text);
  const ends = [0, text.length - 1].filter((at) => text[at] === '*' && active.includes(at));
  if (/^\**$/.test(text) || ends.length === 0 || ends.length !== active.length) return undefined;
  if (ends.length === 2) return 'contains';
  return ends[0] === 0 ? 'endswith' : 'startswith';
}

function repeatedValues(item: DetectionItem): readonly Diagnostic[] {
  const isExact = hasModifier(item, 're', 'cased', 'base64', 'base64offset');
  return repeated(
    item.values.filter((value) => value.kind === 'string' || value.kind === 'number'),
    ({ text }) => (isExact ? text : text.toLowerCase()),
  ).map(({ text, span }) => diagnostic('lint/repeated-value', span, { value: text }));
}

/** Different whole values that one field is to have at once. */
function impossibleAll(
  item: DetectionItem,
  strings: readonly StringValue[],
): readonly Diagnostic[] {
  const [only, ...others] = item.modifiers;
  if (!item.field || only?.value !== 'all' || others.length > 0) return [];
  const whole = strings.filter(({ text }) => wildcardsOf(text).active.length === 0);
  const different = new Set(whole.map(({ text }) => text.toLowerCase()));
  return different.size > 1
    ? [diagnostic('lint/impossible-all', only.span, { field: item.field.value })]
    : [];
}
