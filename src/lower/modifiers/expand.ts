import { diagnostic, failure, success } from '../../diagnostics/index.js';
import { parseText } from '../text.js';
import type { TextPart } from './draft.js';
import { wrongValue, type ValueModifier } from './modifier.js';

/** Combinations of the values of all placeholders in one value. */
const maxExpansions = 1000;

export const expand: ValueModifier = {
  kind: 'value',
  name: 'expand',
  family: 'placeholder',
  about: '%name% stands for any of the values that a pipeline gives it',
  accepts: ['text'],
  gives: ['text'],
  apply: (draft, place) => {
    if (draft.kind !== 'text') return wrongValue(expand, draft, place);
    let variants: (readonly TextPart[])[] = [[]];
    for (const part of draft.parts) {
      let choices: readonly (readonly TextPart[])[] = [[part]];
      if (typeof part === 'object' && part.kind === 'placeholder') {
        const values = place.placeholders.get(part.name);
        if (!values) {
          return failure(
            diagnostic(
              'modifier/unhandled-placeholder',
              place.value.span,
              { name: part.name },
              {
                help: 'give it values with a pipeline (`value_placeholders` and `vars`), or drop the line there',
              },
            ),
          );
        }
        choices = values.map((value) => parseText(value, false));
      }
      if (variants.length * choices.length > maxExpansions) {
        const parameters = { modifier: 'expand', limit: maxExpansions };
        return failure(diagnostic('modifier/too-many-values', place.value.span, parameters));
      }
      variants = variants.flatMap((variant) => choices.map((choice) => [...variant, ...choice]));
    }
    return success(variants.map((parts) => ({ kind: 'text', parts })));
  },
};
