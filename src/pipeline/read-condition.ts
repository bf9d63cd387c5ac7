import { diagnostic } from '../diagnostics/index.js';
import { compileRegex, type Regex } from '../regex/index.js';
import type { Yaml } from '../syntax/index.js';
import { readExpression } from './expression.js';
import { didYouMean } from './nearest.js';
import { readFlag, readItems, readMap, readText, readTexts, readWord } from './read.js';
import type { Problems } from './read.js';
import type {
  FieldCondition,
  Guard,
  ItemCondition,
  RuleCondition,
  StateCondition,
} from './model/index.js';

/** The parameters of a condition or transformation, read one by one. */
export interface Parameters {
  readonly node: Yaml;
  readonly text: (key: string) => string | undefined;
  readonly needed: (key: string) => string;
  readonly get: (key: string) => Yaml | undefined;
  /** A key that nobody has asked for is without effect, and so most likely a slip. */
  readonly checkKeys: () => void;
  readonly problems: Problems;
}

export function parametersOf(node: Yaml, what: string, problems: Problems): Parameters {
  const map = readMap(node, what, problems);
  const asked = new Set<string>();
  const get = (key: string): Yaml | undefined => {
    asked.add(key);
    return map.get(key);
  };
  const text = (key: string): string | undefined => {
    const value = get(key);
    return value && readText(value, key, problems);
  };
  return {
    node,
    text,
    needed: (key) => {
      if (!map.has(key)) {
        problems.push(diagnostic('pipeline/missing-key', node.span, { what, key }));
      }
      return text(key) ?? '';
    },
    get,
    checkKeys: () => void readMap(node, what, problems, [...asked]),
    problems,
  };
}

type Kinds<Condition> = Readonly<Record<string, (of: Parameters) => Condition>>;

const state: Kinds<StateCondition> = {
  processing_state: (of) => ({
    kind: 'processing_state',
    key: of.needed('key'),
    value: of.needed('val'),
  }),
  processing_item_applied: (of) => ({
    kind: 'processing_item_applied',
    id: of.needed('processing_item_id'),
  }),
};

export const ruleConditions: Kinds<RuleCondition> = {
  ...state,
  logsource: (of) => ({ kind: 'logsource', ...logSourceOf(of) }),
  contains_detection_item: (of) => ({
    kind: 'contains_detection_item',
    field: of.text('field'),
    value: of.needed('value'),
  }),
  contains_field: (of) => ({ kind: 'contains_field', field: of.needed('field') }),
  is_sigma_rule: () => ({ kind: 'is_sigma_rule' }),
  is_sigma_correlation_rule: () => ({ kind: 'is_sigma_correlation_rule' }),
  rule_attribute: (of) => ({
    kind: 'rule_attribute',
    attribute: of.needed('attribute'),
    value: of.needed('value'),
    op: readWord(of.get('op'), 'op', ['eq', 'ne'], of.problems),
  }),
  tag: (of) => ({ kind: 'tag', tag: of.needed('tag').toLowerCase() }),
};

export const itemConditions: Kinds<ItemCondition> = {
  ...state,
  match_string: (of) => ({
    kind: 'match_string',
    pattern: regexOf(of, 'pattern'),
    cond: readWord(of.get('cond'), 'cond', ['any', 'all'], of.problems),
    negate: readFlag(of.get('negate'), 'negate', of.problems),
  }),
  contains_wildcard: (of) => ({
    kind: 'contains_wildcard',
    cond: readWord(of.get('cond'), 'cond', ['any', 'all'], of.problems),
  }),
  is_null: (of) => ({
    kind: 'is_null',
    cond: readWord(of.get('cond'), 'cond', ['any', 'all'], of.problems),
  }),
};

export const fieldConditions: Kinds<FieldCondition> = {
  ...state,
  include_fields: (of) => ({ kind: 'include_fields', fields: fieldPatterns(of) }),
  exclude_fields: (of) => ({ kind: 'exclude_fields', fields: fieldPatterns(of) }),
};

export function logSourceOf(of: Parameters): {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
} {
  return Object.fromEntries(
    ['product', 'category', 'service'].flatMap((key) => {
      const value = of.text(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** The conditions `<name>_conditions` of a transformation, with their `_cond_op`, `_not` and `_expr`. */
export function readGuard<Condition>(
  of: Parameters,
  prefix: { readonly conditions: string; readonly link: string; readonly what: string },
  kinds: Kinds<Condition>,
): Guard<Condition> {
  const { problems } = of;
  const listed = of.get(prefix.conditions);
  const named =
    listed?.kind === 'map'
      ? listed.entries.map(({ key, value }) => ({ id: key.value, node: value }))
      : readItems(listed).map((node) => ({ id: undefined, node }));
  const conditions = named.flatMap(({ id, node }) => {
    const parameters = parametersOf(node, `a ${prefix.what} condition`, problems);
    const type = parameters.needed('type');
    const read = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!read) {
      const span = parameters.get('type')?.span ?? node.span;
      const known = didYouMean(type, Object.keys(kinds));
      const slots = { what: prefix.what, type };
      problems.push(diagnostic('pipeline/unknown-condition', span, slots, known));
      return [];
    }
    const written = parameters.text('id');
    const own = id ?? written;
    const condition = read(parameters);
    parameters.checkKeys();
    return [{ ...(own !== undefined && { id: own }), condition }];
  });
  const text = of.get(`${prefix.link}_expr`);
  const ids = conditions.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const expression =
    text && readExpression(readText(text, 'an expression', problems), ids, text.span, problems);
  return {
    conditions,
    combine: readWord(of.get(`${prefix.link}_op`), 'op', ['and', 'or'], problems),
    negated: readFlag(of.get(`${prefix.link}_not`), 'not', problems),
    ...(expression && { expression }),
  };
}

/** A regular expression of RE2 out of a parameter; one that cannot be read is a problem. */
export function regexOf(of: Parameters, key: string): Regex {
  return compiled(of.needed(key), of.get(key) ?? of.node, of.problems);
}

function compiled(source: string, { span }: Yaml, problems: Problems): Regex {
  const regex = compileRegex(source, {}, span);
  if (regex.ok) return regex.value;
  for (const problem of regex.diagnostics) problems.push(problem);
  return { found: () => false, groups: () => undefined, matches: () => [] };
}

/** Names of fields, or, with `mode: re` (or `type: re`), expressions that begin at a name's start. */
function fieldPatterns(of: Parameters): readonly Regex[] {
  const { problems } = of;
  const mode = readWord(of.get('mode'), 'mode', ['plain', 're'], problems);
  const node = of.get('fields') ?? of.node;
  return readTexts(of.get('fields'), 'fields', problems).map((name) =>
    compiled(mode === 're' ? `^(?:${name})` : `^\\Q${name}\\E$`, node, problems),
  );
}
