import { diagnostic } from '../diagnostics/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
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
    ...(isPattern ? strings.flatMap((value) => patternLints(item, value)) : []),
    ...repeatedValues(item),
    ...impossibleAll(item, strings),
  ];
}

function controlCharacters({ text, span }: StringValue): readonly Diagnostic[] {
  // The same characters that reports write out: nobody sees them in an editor.
  const found = /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.exec(text);
  if (!found) return [];
  const code = `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return [diagnostic('lint/control-character', span, { code })];
}

function patternLints(
  { field, modifiers }: DetectionItem,
  { text, span }: StringValue,
): readonly Diagnostic[] {
  const { active, escaped } = wildcardsOf(text);
  const found: Diagnostic[] = [];
  if (active.some((at) => text[at] === '*' && text[at + 1] === '*' && active.includes(at + 1))) {
    found.push(diagnostic('lint/double-wildcard', span, {}));
  }
  // A star between the parts of a path is meant as a wildcard far more often than as a star.
  if (escaped.some((at) => text.replaceAll(/\\[*?]/g, '').includes('\\') && text[at] === '*')) {
    const help = "a backslash and then any text is written '\\\\*'";
    found.push(diagnostic('lint/escaped-wildcard', span, {}, { help }));
  }
  const modifier = field && modifiers.length === 0 ? wouldBeModifier(text, active) : undefined;
  if (modifier) found.push(diagnostic('lint/wildcard-for-modifier', span, { modifier }));
  return found;
}

/** The modifier that says the same as stars at the ends of a value without any others. */
function wouldBeModifier(text: string, active: readonly number[]): string | undefined {
  const ends = [0, text.length - 1].filter((at) => text[at] === '*' && active.includes(at));
  if (text.length < 3 || ends.length === 0 || ends.length !== active.length) return undefined;
  if (ends.length === 2) return 'contains';
  return ends[0] === 0 ? 'endswith' : 'startswith';
}

function repeatedValues(item: DetectionItem): readonly Diagnostic[] {
  const isExact = hasModifier(item, 're', 'cased', 'base64', 'base64offset');
  const seen = new Set<string>();
  return item.values.flatMap((value) => {
    if (value.kind !== 'string' && value.kind !== 'number') return [];
    const key = isExact ? value.text : value.text.toLowerCase();
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [diagnostic('lint/repeated-value', value.span, { value: value.text })];
  });
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
