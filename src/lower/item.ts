import {
  all,
  andThen,
  diagnostic,
  didYouMean,
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
import type { DetectionItem, Text, Value } from '../syntax/index.js';
import { atomOf } from './atom.js';
import { draftNames, type Draft } from './modifiers/draft.js';
import type { ItemModifier, Modifier, Placeholders, ValueModifier } from './modifiers/modifier.js';
import { modifiers } from './modifiers/registry.js';
import { parseText } from './text.js';

type Used<M extends Modifier> = { readonly modifier: M; readonly text: Text };

/** The modifiers of an item: those of its values in the written order, and those of the whole. */
interface Chain {
  readonly values: readonly Used<ValueModifier>[];
  readonly item: ReadonlySet<ItemModifier['name']>;
}

/** One line of a selection. Its values are linked by OR, under `all` by AND. */
export function lowerItem(item: DetectionItem, placeholders: Placeholders): Outcome<Predicate> {
  return andThen(chainOf(item), (chain) => {
    const problem = problemOf(item, chain);
    if (problem) return failure(problem);
    const values = item.values.map((value) =>
      andThen(draftsOf(value, chain, placeholders), (drafts) =>
        andThen(all(drafts.map((draft) => atomOf(draft, item, value, chain.item))), (atoms) =>
          success(disjunction(atoms, value.span)),
        ),
      ),
    );
    return andThen(all(values), (predicates) => {
      const link = chain.item.has('all') ? conjunction : disjunction;
      const linked = link(predicates, item.span);
      return success(chain.item.has('neq') ? negation(linked, item.span) : linked);
    });
  });
}

function chainOf(item: DetectionItem): Outcome<Chain> {
  const problems: Diagnostic[] = [];
  const values: Used<ValueModifier>[] = [];
  const whole = new Set<ItemModifier['name']>();
  for (const text of item.modifiers) {
    const { value: name, span } = text;
    const modifier = modifiers.get(name);
    const before = values.at(-1)?.text.value;
    if (!modifier) {
      const help = didYouMean(name, modifiers.keys());
      problems.push(diagnostic('modifier/unknown', span, { name }, help));
    } else if (modifier.kind === 'value') {
      if (modifier.first && before !== undefined) {
        problems.push(diagnostic('modifier/not-first', span, { modifier: name, before }));
      }
      values.push({ modifier, text });
    } else if (whole.has(modifier.name)) {
      problems.push(diagnostic('modifier/repeated', span, { name }));
    } else whole.add(modifier.name);
  }
  return problems.length > 0 ? failure(...problems) : success({ values, item: whole });
}

/** What is wrong with the item as a whole. */
function problemOf(item: DetectionItem, chain: Chain): Diagnostic | undefined {
  const spanOf = (name: string) => item.modifiers.find(({ value }) => value === name)?.span;
  const uses = (name: string) => chain.values.some(({ modifier }) => modifier.name === name);
  if (chain.item.has('all') && !item.list) {
    const parameters = { modifier: 'all', wanted: 'a list of values' };
    return diagnostic('modifier/single-value', spanOf('all'), parameters, {
      help: 'leave all out, or write a list',
    });
  }
  if (!uses('exists')) return undefined;
  const other = [...chain.item][0];
  if (other) {
    const parameters = { modifier: 'exists', other, reason: 'exists stands alone' };
    const help = { help: 'write `exists: false` for a field that is missing' };
    return diagnostic('modifier/combination', spanOf(other), parameters, help);
  }
  if (item.values.length === 1) return undefined;
  const parameters = { modifier: 'exists', wanted: 'a single value, true or false' };
  return diagnostic('modifier/single-value', spanOf('exists'), parameters);
}

function draftsOf(
  value: Value,
  chain: Chain,
  placeholders: Placeholders,
): Outcome<readonly Draft[]> {
  const expands = chain.values.some(({ modifier }) => modifier.name === 'expand');
  const applied = chain.values.reduce(
    (drafts, { modifier, text }) =>
      andThen(drafts, (before) => {
        const place = { modifier: text.value, span: text.span, value, placeholders };
        return andThen(all(before.map((draft) => modifier.apply(draft, place))), (after) =>
          success(after.flat()),
        );
      }),
    andThen(draftOf(value, expands), (draft) => success<readonly Draft[]>([draft])),
  );
  return andThen(applied, (drafts) => {
    const last = chain.values.at(-1);
    if (last && drafts.some(({ kind }) => kind === 'bytes')) {
      const parameters = { modifier: last.text.value };
      return failure(
        diagnostic('modifier/unfinished-bytes', last.text.span, parameters, {
          help: `write ${last.text.value}|base64offset|contains`,
        }),
      );
    }
    const uncased = drafts.find(({ kind }) => kind !== 'text' && kind !== 'field');
    if (!chain.item.has('cased') || !uncased) return success(drafts);
    const reason = `${draftNames[uncased.kind]} ${uncased.kind === 'regex' ? 'is case-sensitive already' : 'has no case'}`;
    const parameters = { modifier: 'cased', other: last?.text.value ?? 'this value', reason };
    return failure(diagnostic('modifier/combination', value.span, parameters));
  });
}

function draftOf(value: Value, expands: boolean): Outcome<Draft> {
  switch (value.kind) {
    case 'string':
      return success({ kind: 'text', parts: parseText(value.text, expands) });
    case 'number': {
      const { text } = value;
      const decimal = canonicalDecimal(text);
      return decimal === undefined
        ? failure(diagnostic('lower/bad-number', value.span, { text }))
        : success({ kind: 'number', value: decimal, written: text });
    }
    case 'boolean':
      return success({ kind: 'boolean', value: value.value });
    case 'null':
      return success({ kind: 'null' });
  }
}
