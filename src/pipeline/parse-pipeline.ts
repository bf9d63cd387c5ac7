import { andThen, diagnostic, failure, outcome } from '../diagnostics/index.js';
import type { Outcome, SourceFile } from '../diagnostics/index.js';
import { fieldTypes, type FieldType } from '../ir/index.js';
import { pipelines } from '../bundled/pipelines.js';
import { readYaml, type Yaml } from '../syntax/index.js';
import { anyTime, type Pipeline, type Source } from './model/index.js';
import type { PathForm } from './read-place.js';
import { keysOf, readSite, readSource, type SourceContext } from './read-source.js';
import { readFlag, readItems, readMap, readNumber, readText, readTexts, readWord } from './read.js';
import type { Problems } from './read.js';
import { readTransformations } from './read-transformation.js';

const pipelineKeys = [
  'name',
  'priority',
  'backends',
  'allowed_backends',
  'vars',
  'time',
  'types',
  'column-type',
  'late-columns',
  'cased-scope',
  'tables',
  'paths',
  'mappings',
  'keys',
  'assume',
  'site',
  'missing',
  'entities',
  'file-names',
  'sources',
  'transformations',
];

/**
 * A pipeline file: pySigma's YAML, and the keys of docs/pipelines.md. Its id is the name of the
 * file without folder and extension.
 */
export function parsePipeline(source: SourceFile): Outcome<Pipeline> {
  return andThen(readYaml(source), (documents) => {
    const [document] = documents;
    if (documents.length === 1 && document) return readPipeline(document, idOf(source.name));
    const parameters = { name: source.name, count: documents.length };
    return failure(diagnostic('pipeline/not-one-document', undefined, parameters));
  });
}

function idOf(name: string): string {
  return name.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/i, '');
}

/** All of a pipeline at once, from a located tree. */
function readPipeline(root: Yaml, id: string): Outcome<Pipeline> {
  const problems: Problems = [];
  const head = readHead(root, id, problems);
  const sources = new Map<string, Source>();
  for (const node of readItems(head.sources)) {
    const source = readSource(node, head.context);
    for (const key of keysOf(node, problems)) {
      if (sources.has(key)) {
        problems.push(diagnostic('pipeline/log-source-twice', node.span, { logsource: key }));
      }
      sources.set(key, source);
    }
  }
  const pipeline = {
    ...head.pipeline,
    logSources: [...sources.keys()],
    source: (key: string) => sources.get(key),
    columns: (table: string) => head.tables.get(table),
  };
  return outcome(pipeline, problems);
}

interface Head {
  readonly pipeline: Omit<Pipeline, 'logSources' | 'source' | 'columns'>;
  readonly context: SourceContext;
  readonly tables: ReadonlyMap<string, Readonly<Record<string, FieldType>>>;
  readonly sources: Yaml | undefined;
}

/** What a pipeline says besides its sources. */
export function readHead(root: Yaml, id: string, problems: Problems): Head {
  const map = readMap(root, 'a pipeline', problems, pipelineKeys);
  const text = (key: string): string | undefined => {
    const node = map.get(key);
    return node && readText(node, key, problems);
  };
  const table = (key: string): readonly (readonly [string, Yaml])[] => {
    const node = map.get(key);
    return node ? [...readMap(node, key, problems)] : [];
  };
  const timeField = text('time');
  const types = table('types').map(([column, node]) => [column, typeOf(node, problems)] as const);
  const context: SourceContext = {
    paths: new Map(table('paths').map(([column, node]) => [column, pathForm(node, problems)])),
    mappings: new Map(table('mappings')),
    types: new Map(types),
    columnType: typeOf(map.get('column-type'), problems),
    late: readTexts(map.get('late-columns'), 'late-columns', problems),
    timeField: timeField ?? anyTime,
    keys: new Map(table('keys')),
    assumptions: readTexts(map.get('assume'), 'assume', problems),
    missing: readTexts(map.get('missing'), 'missing', problems),
    entities: readFlag(map.get('entities'), 'entities', problems),
    fileNames: table('file-names').flatMap(([separator, names]) =>
      [...readMap(names, 'file-names', problems)].map(([column, path]) => ({
        column,
        path: readText(path, column, problems),
        separator,
      })),
    ),
    casedScope: readFlag(map.get('cased-scope'), 'cased-scope', problems),
    problems,
  };
  const site = map.get('site');
  return {
    pipeline: {
      id,
      name: text('name') ?? id,
      priority: readNumber(map.get('priority'), 'priority', problems),
      backends: readBackends(map.get('backends') ?? map.get('allowed_backends'), problems),
      vars: new Map(table('vars').map(([name, node]) => [name, readTexts(node, name, problems)])),
      files: new Map(),
      ...(timeField !== undefined && { timeField }),
      ...(site && { site: readSite(site, context) }),
      transformations: readTransformations(map.get('transformations'), problems),
    },
    context,
    tables: new Map(table('tables').map(([name, node]) => [name, columnsOf(node, problems)])),
    sources: map.get('sources'),
  };
}

/** Whom a pipeline serves: backends that there are. */
function readBackends(node: Yaml | undefined, problems: Problems): readonly string[] {
  const known = [...new Set(Object.keys(pipelines).map((key) => key.slice(0, key.indexOf('/'))))];
  return readItems(node).map((item) => {
    const backend = readText(item, 'backends', problems);
    if (!known.includes(backend)) {
      const help = `there are ${known.join(', ')}`;
      problems.push(diagnostic('pipeline/unknown-backend', item.span, { backend }, { help }));
    }
    return backend;
  });
}

/** The columns of a table, listed by type. */
export function columnsOf(node: Yaml, problems: Problems): Readonly<Record<string, FieldType>> {
  const columns = Object.create(null) as Record<string, FieldType>;
  for (const [type, names] of readMap(node, 'a table', problems, fieldTypes)) {
    for (const name of readTexts(names, type, problems)) columns[name] = type as FieldType;
  }
  return columns;
}

function typeOf(node: Yaml | undefined, problems: Problems): FieldType {
  return readWord(node, 'a type', fieldTypes, problems);
}

function pathForm(node: Yaml, problems: Problems): PathForm {
  const map = readMap(node, 'a path', problems, ['format', 'expression', 'element']);
  const expression = map.get('expression');
  const element = map.get('element');
  return {
    format: readWord(map.get('format'), 'format', ['json', 'xml'], problems),
    expression: expression ? readText(expression, 'expression', problems) : '',
    ...(element && { element: readText(element, 'element', problems) }),
  };
}
