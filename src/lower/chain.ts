import {
  diagnostic,
  didYouMean,
  success,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import type { DetectionItem, Text } from '../syntax/index.js';
import type { ItemModifier, Modifier, ValueModifier } from './modifiers/modifier.js';
import { modifiers } from './modifiers/registry.js';

/** A modifier, and the text that calls it. */
export interface Used<M extends Modifier> {
  readonly modifier: M;
  readonly text: Text;
}

/** The modifiers of an item: those of its values in the written order, and those of the whole. */
export interface Chain {
  readonly values: readonly Used<ValueModifier>[];
  readonly whole: ReadonlyMap<ItemModifier['name'], Text>;
}

/** Looks the modifiers up, and checks what does not depend on the values. */
export function chainOf(item: DetectionItem): Outcome<Chain> {
  const problems: Diagnostic[] = [];
  const values: Used<ValueModifier>[] = [];
  const whole = new Map<ItemModifier['name'], Text>();
  for (const text of item.modifiers) {
    const { value: name, span } = text;
    const modifier = modifiers.get(name);
    const before = values.at(-1);
    if (!modifier) {
      const help = didYouMean(name, modifiers.keys());
      problems.push(diagnostic('modifier/unknown', span, { name }, help));
    } else if (modifier.kind === 'value') {
      if (modifier.first && before) problems.push(notFirst({ modifier, text }, before, item));
      values.push({ modifier, text });
    } else if (whole.has(modifier.name)) {
      problems.push(diagnostic('modifier/repeated', span, { name }));
    } else whole.set(modifier.name, text);
  }
  const problem = problemOfWhole(item, { values, whole });
  if (problem) problems.push(problem);
  return problems.length > 0 ? { ok: false, diagnostics: problems } : success({ values, whole });
}

function notFirst(
  { modifier, text }: Used<ValueModifier>,
  before: Used<ValueModifier>,
  item: DetectionItem,
): Diagnostic {
  const help = () => {
    if (modifier.family === 'number' && before.modifier.family === 'number') {
      const field = item.field?.value ?? '';
      return `write a range as two items of one map, such as \`${field}|gt: 1\` and \`${field}|lt: 9\``;
    }
    if (before.modifier.family === 'time') {
      return 'a part of a date equals a number: list the numbers instead';
    }
    return modifier.gives.some((kind) => before.modifier.accepts.includes(kind))
      ? `write ${text.value} before ${before.text.value}`
      : `leave ${before.text.value} out`;
  };
  const parameters = { modifier: text.value, before: before.text.value };
  return diagnostic('modifier/not-first', text.span, parameters, { help: help() });
}

/** `all` links a list, and `exists` stands alone. */
function problemOfWhole(item: DetectionItem, { values, whole }: Chain): Diagnostic | undefined {
  const all = whole.get('all');
  if (all && !item.list) {
    const parameters = { modifier: 'all', wanted: 'a list of values' };
    const help = 'leave all out, or write a list';
    return diagnostic('modifier/single-value', all.span, parameters, { help });
  }
  const exists = values.find(({ modifier }) => modifier.name === 'exists');
  if (!exists) return undefined;
  const [other] = whole.values();
  if (other) {
    const reason = 'exists stands alone';
    const parameters = { modifier: 'exists', other: other.value, reason };
    const help = 'write `exists: false` for a field that is missing';
    return diagnostic('modifier/combination', other.span, parameters, { help });
  }
  if (item.values.length === 1) return undefined;
  const parameters = { modifier: 'exists', wanted: 'a single value, true or false' };
  return diagnostic('modifier/single-value', exists.text.span, parameters);
}
