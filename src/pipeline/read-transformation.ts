import { diagnostic } from '../diagnostics/index.js';
import type { Yaml } from '../syntax/index.js';
import { didYouMean } from './nearest.js';
import {
  fieldConditions,
  itemConditions,
  logSourceOf,
  parametersOf,
  readGuard,
  regexOf,
  ruleConditions,
  type Parameters,
} from './read-condition.js';
import { readFlag, readItems, readMap, readText, readTexts, wrongKind } from './read.js';
import type { Problems } from './read.js';
import type { Action, AddedCondition, PlaceholderSource, Transformation } from './model/index.js';

/** What touches nothing but the rule's other fields, for which no query has a place. */
function nothing(of: Parameters): Action {
  for (const key of ['field', 'attribute', 'value']) of.get(key);
  return { kind: 'nothing' };
}

const actions: Readonly<Record<string, (of: Parameters) => Action>> = {
  field_name_mapping: (of) => ({ kind: 'rename', mapping: mappingOf(of) }),
  field_name_prefix_mapping: (of) => ({ kind: 'rename-prefix', mapping: mappingOf(of) }),
  field_name_prefix: (of) => ({ kind: 'affix', prefix: of.needed('prefix'), suffix: '' }),
  field_name_suffix: (of) => ({ kind: 'affix', prefix: '', suffix: of.needed('suffix') }),
  drop_detection_item: () => ({ kind: 'drop' }),
  add_condition: (of) => ({
    kind: 'add-condition',
    conditions: addedConditions(of),
    negated: readFlag(of.get('negated'), 'negated', of.problems),
    template: readFlag(of.get('template'), 'template', of.problems),
  }),
  change_logsource: (of) => ({ kind: 'log-source', ...logSourceOf(of) }),
  set_state: (of) => ({
    kind: 'state',
    key: of.needed('key'),
    // pySigma's guide writes `value`, its code takes `val`.
    value: of.text('value') ?? of.needed('val'),
  }),
  value_placeholders: (of) => ({ kind: 'placeholders', source: chosenPlaceholders(of, 'vars') }),
  wildcard_placeholders: (of) => ({
    kind: 'placeholders',
    source: chosenPlaceholders(of, 'wildcard'),
  }),
  file_placeholders: (of) => ({
    kind: 'placeholders',
    source: { kind: 'files', files: new Map(tableOf(of, 'files')) },
  }),
  replace_string: (of) => ({
    kind: 'replace',
    pattern: regexOf(of, 'regex'),
    replacement: of.needed('replacement'),
  }),
  map_string: (of) => ({ kind: 'map-values', mapping: mappingOf(of) }),
  set_value: (of) => ({ kind: 'set-value', value: valueOf(of.get('value'), of) }),
  rule_failure: (of) => ({ kind: 'fail', message: of.needed('message'), when: 'rule' }),
  detection_item_failure: (of) => ({ kind: 'fail', message: of.needed('message'), when: 'item' }),
  strict_field_mapping_failure: () => ({ kind: 'strict' }),
  nest: (of) => ({ kind: 'nest', items: readTransformations(of.get('items'), of.problems) }),
  add_field: nothing,
  remove_field: nothing,
  set_field: nothing,
  set_custom_attribute: nothing,
};

const transformationNames = Object.keys(actions);

export function readTransformations(
  node: Yaml | undefined,
  problems: Problems,
): readonly Transformation[] {
  return readItems(node).flatMap((item) => readTransformation(item, problems));
}

function readTransformation(node: Yaml, problems: Problems): readonly Transformation[] {
  if (node.kind !== 'map') {
    wrongKind(node, 'a transformation', 'a map', problems);
    return [];
  }
  const of = parametersOf(node, 'a transformation', problems);
  const type = of.needed('type');
  const read = Object.hasOwn(actions, type) ? actions[type] : undefined;
  if (!read) {
    const span = of.get('type')?.span ?? node.span;
    const known = didYouMean(type, transformationNames);
    problems.push(diagnostic('pipeline/unknown-transformation', span, { type }, known));
    return [];
  }
  const id = of.text('id');
  const transformation = {
    ...(id !== undefined && { id }),
    type,
    action: read(of),
    rule: readGuard(
      of,
      { conditions: 'rule_conditions', link: 'rule_cond', what: 'rule' },
      ruleConditions,
    ),
    item: readGuard(
      of,
      {
        conditions: 'detection_item_conditions',
        link: 'detection_item_cond',
        what: 'detection item',
      },
      itemConditions,
    ),
    field: readGuard(
      of,
      { conditions: 'field_name_conditions', link: 'field_name_cond', what: 'field name' },
      fieldConditions,
    ),
    span: node.span,
  };
  of.checkKeys();
  return [transformation];
}

function tableOf(of: Parameters, key: string): readonly (readonly [string, string])[] {
  return entriesOf(of, key).map(([name, node]) => [name, readText(node, name, of.problems)]);
}

function mappingOf(of: Parameters): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entriesOf(of, 'mapping').map(([name, node]) => [name, readTexts(node, name, of.problems)]),
  );
}

function entriesOf(of: Parameters, key: string): readonly (readonly [string, Yaml])[] {
  const node = of.get(key);
  if (!node) of.needed(key);
  return node ? [...readMap(node, key, of.problems)] : [];
}

function addedConditions(of: Parameters): readonly AddedCondition[] {
  return entriesOf(of, 'conditions').map(([field, node]) => ({
    field,
    values: readItems(node).map((item) => valueOf(item, of)),
  }));
}

function valueOf(node: Yaml | undefined, of: Parameters): string | number | boolean | null {
  if (node?.kind === 'scalar') return node.value;
  wrongKind(node ?? of.node, 'a value', 'a text, a number, true, false or null', of.problems);
  return null;
}

function chosenPlaceholders(of: Parameters, kind: 'vars' | 'wildcard'): PlaceholderSource {
  const names = (key: string): readonly string[] | undefined =>
    of.get(key) && readTexts(of.get(key), key, of.problems);
  const include = names('include');
  const exclude = names('exclude');
  return { kind, ...(include && { include }), ...(exclude && { exclude }) };
}
