import {
  andThen,
  diagnostic,
  didYouMean,
  outcome,
  type Diagnostic,
  type Outcome,
  type SourceFile,
} from '../diagnostics/index.js';
import { entryOf, readYaml, type Yaml, type YamlMap } from '../syntax/index.js';

/** Types of fields by their dotted names, in the language's own words. */
export type FieldTypes = Readonly<Record<string, string>>;

/** The types of Kusto's columns; Elasticsearch has too many to list, and plugins add to them. */
const kustoTypes: readonly string[] = [
  ...[
    'bool',
    'datetime',
    'decimal',
    'dynamic',
    'guid',
    'int',
    'long',
    'real',
    'string',
    'timespan',
  ],
  ...['boolean', 'date', 'double', 'time'],
];

/**
 * Reads types of fields from YAML or JSON: a map of names to types, or a mapping of Elasticsearch,
 * alone or as its interfaces give it (of an index, of a template, of several indices). The answer has
 * one map for each index, since indices may disagree.
 *
 * Errors: `cli/field-types`, `cli/unknown-type` (Kusto only), and those of YAML.
 */
export function readFieldTypes(
  source: SourceFile,
  language: string,
): Outcome<readonly FieldTypes[]> {
  return andThen(readYaml(source), (documents) => {
    const problems: Diagnostic[] = [];
    const mappings = documents.flatMap(mappingsIn);
    const found = (mappings.length > 0 ? mappings : documents).map((node) => {
      const types = new Map<string, string>();
      const add = (name: string, type: Yaml): void => {
        const problem = problemOf(type, language);
        if (problem) problems.push(problem);
        else if (type.kind === 'scalar') types.set(name, type.raw);
      };
      if (mappings.length > 0) addProperties(node as YamlMap, '', add);
      else addFlat(node, '', add, problems);
      return Object.fromEntries(types);
    });
    return outcome(found, problems);
  });
}

type Add = (name: string, type: Yaml) => void;

function problemOf(type: Yaml, language: string): Diagnostic | undefined {
  if (type.kind !== 'scalar' || typeof type.value !== 'string') {
    return diagnostic('cli/field-types', type.span, { expected: 'a type, such as string or ip' });
  }
  return language === 'kql' && !kustoTypes.includes(type.raw)
    ? diagnostic(
        'cli/unknown-type',
        type.span,
        { language: 'KQL', type: type.raw },
        didYouMean(type.raw, kustoTypes),
      )
    : undefined;
}

/** The mappings of the indices that a text of Elasticsearch describes; none if it is of another form. */
function mappingsIn(node: Yaml): readonly YamlMap[] {
  const mapping = mappingOf(node) ?? mappingOf(valueOf(node, 'template'));
  if (mapping) return [mapping];
  const indices = node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
  const mappings = indices.map((index) => valueOf(index, 'mappings'));
  return mappings.length > 0 && mappings.every((each) => each?.kind === 'map') ? mappings : [];
}

/** A mapping stands alone or under `mappings`; its properties are maps. */
function mappingOf(node: Yaml | undefined): YamlMap | undefined {
  const mapping = valueOf(node, 'mappings') ?? node;
  const properties = valueOf(mapping, 'properties');
  return mapping?.kind === 'map' &&
    properties?.kind === 'map' &&
    properties.entries.every(({ value }) => value.kind === 'map')
    ? mapping
    : undefined;
}

function valueOf(node: Yaml | undefined, key: string): Yaml | undefined {
  return node?.kind === 'map' ? entryOf(node, key)?.value : undefined;
}

/** The properties of an object, its multi-fields, and theirs. What a nested object holds is nested. */
function addProperties(node: YamlMap, prefix: string, add: Add): void {
  for (const part of ['properties', 'fields']) {
    const children = valueOf(node, part);
    if (children?.kind !== 'map') continue;
    for (const { key, value } of children.entries) {
      const name = prefix + key.value;
      const type = valueOf(value, 'type');
      const isNested = type?.kind === 'scalar' && type.raw === 'nested';
      const isObject = type?.kind === 'scalar' && type.raw === 'object';
      if (type && !isObject) add(name, type);
      if (value.kind !== 'map') continue;
      addProperties(value, `${name}.`, isNested ? (inner) => add(inner, type) : add);
    }
  }
}

/** Names and types; a map in place of a type holds the fields of an object. */
function addFlat(node: Yaml, prefix: string, add: Add, problems: Diagnostic[]): void {
  if (node.kind !== 'map') {
    const expected = 'a map of fields to types, or a mapping of Elasticsearch';
    problems.push(diagnostic('cli/field-types', node.span, { expected }));
    return;
  }
  for (const { key, value } of node.entries) {
    const name = prefix + key.value;
    if (value.kind === 'map') addFlat(value, `${name}.`, add, problems);
    else add(name, value);
  }
}
