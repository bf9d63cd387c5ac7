import {
  all,
  andThen,
  diagnostic,
  failure,
  success,
  type Diagnostic,
  type Outcome,
} from '../diagnostics/index.js';
import {
  canonicalDecimal,
  conjunction,
  disjunction,
  negation,
  type Predicate,
} from '../ir/index.js';
import type { DetectionItem, Value } from '../syntax/index.js';
import { atomOf } from './atom.js';
import { chainOf, type Chain } from './chain.js';
import { draftNames, type Draft } from './modifiers/draft.js';
import type { Placeholders } from './modifiers/modifier.js';
import { parseText } from './text.js';

/** One line of a selection. Its values are linked by OR, under `all` by AND. */
export function lowerItem(item: DetectionItem, placeholders: Placeholders): Outcome<Predicate> {
  return andThen(chainOf(item), (chain) => {
    const { whole } = chain;
    const values = item.values.map((value) =>
      andThen(draftsOf(value, chain, placeholders), (drafts) => {
        const atoms = drafts.map((draft) => atomOf(draft, item, value, whole.has('cased')));
        const [first, second] = atoms;
        return first && !second
          ? first
          : andThen(all(atoms), (each) => success(disjunction(each, value.span)));
      }),
    );
    return andThen(all(values), (predicates) => {
      const linked = (whole.has('all') ? conjunction : disjunction)(predicates, item.span);
      return success(whole.has('neq') ? negation(linked, item.span) : linked);
    });
  });
}

/** What the modifiers make of a value: several drafts are linked by OR. */
function draftsOf(
  value: Value,
  chain: Chain,
  placeholders: Placeholders,
): Outcome<readonly Draft[]> {
  const applied = chain.values.reduce(
    (drafts, { modifier, text }) =>
      andThen(drafts, (before) => {
        const place = { modifier: text.value, span: text.span, value, placeholders };
        const after = before.map((draft) => modifier.apply(draft, place));
        const [first, second] = after;
        return first && !second ? first : andThen(all(after), (each) => success(each.flat()));
      }),
    andThen(draftOf(value, chain), (draft) => success<readonly Draft[]>([draft])),
  );
  return andThen(applied, (drafts) => {
    const problem = problemOfEnd(drafts, chain);
    return problem ? failure(problem) : success(drafts);
  });
}

function draftOf(value: Value, { values }: Chain): Outcome<Draft> {
  switch (value.kind) {
    case 'string': {
      const expands = values.some(({ modifier }) => modifier.name === 'expand');
      return success({ kind: 'text', parts: parseText(value.text, expands) });
    }
    case 'number': {
      const { text: written, span } = value;
      if (isDigitsOfText(written, values[0])) return success({ kind: 'text', parts: [written] });
      const decimal = canonicalDecimal(written);
      return decimal === undefined
        ? failure(diagnostic('lower/bad-number', span, { text: written }))
        : success({ kind: 'number', value: decimal, written });
    }
    case 'boolean':
      return success({ kind: 'boolean', value: value.value });
    case 'null':
      return success({ kind: 'null' });
  }
}

/**
 * Whether zeros in front are part of a text: a modifier of texts asks for it, and YAML 1.1, in which rules
 * were written, has no such decimal number.
 */
function isDigitsOfText(written: string, first: Chain['values'][number] | undefined): boolean {
  const accepts = first?.modifier.accepts ?? [];
  return /^[-+]?0\d/.test(written) && accepts.includes('text') && !accepts.includes('number');
}

/** What no item can end with: bytes, or, under `cased`, something that has no case. */
function problemOfEnd(drafts: readonly Draft[], { values, whole }: Chain): Diagnostic | undefined {
  const last = values.at(-1)?.text;
  if (last && drafts.some(({ kind }) => kind === 'bytes')) {
    const help = `write ${last.value}|base64offset|contains`;
    const parameters = { modifier: last.value };
    return diagnostic('modifier/unfinished-bytes', last.span, parameters, { help });
  }
  const cased = whole.get('cased');
  const other = drafts.find(({ kind }) => kind !== 'text' && kind !== 'field');
  if (!cased || !other) return undefined;
  const name = draftNames[other.kind];
  const reason =
    other.kind === 'regex' ? `${name} is case-sensitive already` : `${name} has no case`;
  const parameters = { modifier: 'cased', other: last?.value ?? name, reason };
  return diagnostic('modifier/combination', cased.span, parameters, { help: 'leave cased out' });
}
