import { diagnostic, failure, success } from '../../diagnostics/index.js';
import { wrongValue, type ValueModifier } from './modifier.js';

/** Hyphen, slash, en dash, em dash, horizontal bar. */
const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];
const atWordStart = /(?<!\w)[-/\u2013\u2014\u2015](?=\w)/g;

/** Four dashes in one value. */
const maxWindashValues = 625;

export const windash: ValueModifier = {
  kind: 'value',
  name: 'windash',
  family: 'string',
  about: 'every dash or slash at the start of a word is any of - / \u2013 \u2014 \u2015',
  accepts: ['text'],
  gives: ['text'],
  apply: (draft, place) => {
    if (draft.kind !== 'text') return wrongValue(windash, draft, place);
    let variants: (typeof draft.parts)[] = [[]];
    for (const part of draft.parts) {
      const choices = typeof part === 'string' ? respellings(part) : [part];
      if (!choices || variants.length * choices.length > maxWindashValues) {
        const parameters = { modifier: 'windash', limit: maxWindashValues };
        return failure(
          diagnostic('modifier/too-many-values', place.value.span, parameters, {
            help: 'split the value into several items with fewer dashes each, under contains|all',
          }),
        );
      }
      variants = variants.flatMap((variant) => choices.map((choice) => [...variant, choice]));
    }
    return success(variants.map((parts) => ({ kind: 'text', parts })));
  },
};

/** The text itself first, then with every other combination of dashes; undefined if too many. */
function respellings(text: string): readonly string[] | undefined {
  const pieces = text.split(atWordStart);
  const written = text.match(atWordStart) ?? [];
  if (dashes.length ** written.length > maxWindashValues) return undefined;
  let spelled = [pieces[0]!];
  for (const [index, dash] of written.entries()) {
    const order = [dash, ...dashes.filter((other) => other !== dash)];
    spelled = spelled.flatMap((start) => order.map((each) => start + each + pieces[index + 1]!));
  }
  return spelled;
}
