import type { Yaml } from '../syntax/index.js';
import { quoted } from './for-field.js';
import type { Store } from './model/index.js';
import { wrongKind, type Problems } from './read.js';

/** How the parts of a document in a column are said: `EventData/Image` in a pipeline file. */
export interface PathForm {
  readonly format: 'json' | 'xml';
  /** `{path}` is `.a.b` or `["a b"]`, `{name}` the last name. */
  readonly expression: string;
  /** The same for an element of XML, which has a path of several names: `EventData/UserData/Address`. */
  readonly element?: string;
}

export interface PlaceContext {
  readonly paths: ReadonlyMap<string, PathForm>;
  /** The table, where `paths` tells columns of the same name apart. */
  readonly table?: string;
  readonly problems: Problems;
}

/** A column, or a part of the document in it: its expression, and where a row keeps it. */
export function readPlace(
  text: string,
  node: Yaml,
  { paths, table, problems }: PlaceContext,
): { readonly column: string; readonly expression?: string; readonly stores?: readonly Store[] } {
  const [column, ...path] = text.split('/');
  const form = paths.get(`${table ?? ''}.${column!}`) ?? paths.get(column!);
  if (path.length === 0 || !form) return { column: text };
  const { format, expression, element } = form;
  const isElement = format === 'xml' && path.length > 1;
  if (isElement && element === undefined)
    wrongKind(node, text, 'one name behind the column', problems);
  const steps = path.map((name) => {
    if (name === '{field}') return '[{quoted}]';
    if (/^\d+$/.test(name)) return `[${name}]`;
    return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
  });
  return {
    column: column!,
    expression: ((isElement && element) || expression).replace(/\{(path|name)\}/g, (_, part) =>
      part === 'path' ? steps.join('') : path.at(-1)!,
    ),
    stores: [{ kind: format, column: column!, path: path.map(indexed) }],
  };
}

/** A step of a path: digits are a place in a list. */
function indexed(name: string): string | number {
  return /^\d+$/.test(name) ? Number(name) : name;
}
