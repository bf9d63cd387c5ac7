import type { Json, Row } from '../dialects/index.js';
import type { FieldType } from '../ir/index.js';
import { columnsIn } from './expressions.js';
import { stored, type Language } from './language.js';
import { plainText } from './samples/regex.js';

/** How an expression reads one column: by what stands around the value there, or under a path of JSON. */
type Reading =
  | {
      readonly kind: 'piece';
      readonly column: string;
      readonly before: string;
      readonly after: string;
      readonly isXml: boolean;
    }
  | {
      readonly kind: 'path';
      readonly column: string;
      readonly path: readonly string[];
      readonly isText: boolean;
    };

/**
 * How a path lies in two columns that one expression reads: folder and name, or the whole and its name, which
 * also stands elsewhere in the whole than at its end.
 */
export type Laying = (path: string) => readonly string[];

const apart: Laying = (path) => path.split(/\\(?=[^\\]*$)/);
export const beside: readonly Laying[] = [
  (path) => [path, apart(path).at(-1)!],
  (path) => [`${path}\\x`, apart(path).at(-1)!],
];

/** Values meant for expressions, put into the columns that these read, where they fit. */
export function spread(
  row: Row,
  expressions: ReadonlyMap<string, string>,
  types: Readonly<Record<string, FieldType>>,
  language: Language,
  laying = apart,
): Row {
  const cells: Record<string, Json> = {};
  const readings: (readonly [Reading, string])[] = [];
  for (const [name, value] of Object.entries(row)) {
    const expression = expressions.get(name);
    const reading = expression === undefined ? undefined : readingOf(expression);
    if (expression === undefined) cells[name] = value;
    else if (reading && value === true) readings.push([reading, '']);
    else if (reading && value === false) continue;
    else if (reading && value !== null && typeof value !== 'object')
      readings.push([reading, String(value)]);
    else {
      const columns = columnsIn(expression, Object.keys(types));
      inColumns(value, columns, laying, types, language, row, cells);
    }
  }
  for (const [reading, value] of readings) addTo(cells, reading, value);
  return cells;
}

function inColumns(
  value: Json,
  columns: readonly string[],
  laying: Laying,
  types: Readonly<Record<string, FieldType>>,
  language: Language,
  row: Row,
  cells: Record<string, Json>,
): void {
  const parts = typeof value === 'string' ? laying(value) : [];
  for (const [at, column] of columns.entries()) {
    const part = columns.length > 1 ? (parts[at] ?? value) : value;
    // A test of other tables (`DeviceId in (…)`) is true of the value that they hold.
    const known = stored(part, types[column]!, language);
    const held = known ?? (value === true ? stored('x', types[column]!, language) : undefined);
    if (held !== undefined && !Object.hasOwn(row, column)) cells[column] = held;
  }
}

/** `Column matches regex @"…"`, `extract(@'…(…)…', 1, Column)`, `parse_json(tostring(Column)).path` and `tostring(Column.path)`. */
function readingOf(expression: string): Reading | undefined {
  const [, sought, sign = ''] = /^(\w+) matches regex @"(.*)"$/.exec(expression) ?? [];
  if (sought !== undefined)
    return { kind: 'piece', column: sought, before: plainText(sign), after: '', isXml: false };
  const [, , source = '', column = ''] =
    /^(?:replace_string\(|toint\()*extract\(@(['"])(.*?)\1, 1, (\w+)\)/.exec(expression) ?? [];
  const group = /(?<!\\)\((?!\?)/.exec(source)?.index;
  if (group !== undefined) {
    const end = source.indexOf(')', group);
    const [before, after] = [source.slice(0, group), source.slice(end + 1)].map(plainText);
    return {
      kind: 'piece',
      column,
      before: before!,
      after: after!,
      isXml: expression.includes('"&lt;"'),
    };
  }
  const json =
    /^(?:tostring|toint)\(parse_json\((?:tostring\()?(\w+)\)?\)((?:\.\w+|\[\d+\])+)\)$/.exec(
      expression,
    );
  const plain = json ?? /^tostring\((\w+)((?:\.\w+|\[\d+\])+)\)$/.exec(expression);
  return plain
    ? { kind: 'path', column: plain[1]!, path: plain[2]!.match(/\w+/g)!, isText: json !== null }
    : undefined;
}

function addTo(cells: Record<string, Json>, reading: Reading, value: string): void {
  const { column } = reading;
  const known = cells[column];
  if (reading.kind === 'piece') {
    const text = reading.isXml
      ? value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      : value;
    const piece = reading.before + text + reading.after;
    cells[column] = typeof known === 'string' ? `${known} ${piece}` : piece;
    return;
  }
  const { path, isText } = reading;
  const nested = within(known, path, value);
  cells[column] = isText ? JSON.stringify(nested) : nested;
}

/** What JSON the column holds so far. */
function objectIn(cell: Json | undefined): Row {
  if (typeof cell === 'object' && cell !== null && !Array.isArray(cell)) return cell as Row;
  return typeof cell === 'string' && cell.startsWith('{"') ? (JSON.parse(cell) as Row) : {};
}

/** The object, or the list where the path goes into one, with the value at the path. */
function within(
  whole: Json | undefined,
  [key = '', ...rest]: readonly string[],
  value: string,
): Json {
  const below = (part: Json | undefined): Json =>
    rest.length === 0 ? value : within(part, rest, value);
  if (/^\d+$/.test(key)) {
    const list = Array.isArray(whole) ? (whole as readonly Json[]) : [];
    return Object.assign([...list], { [key]: below(list[Number(key)]) });
  }
  const object = objectIn(whole);
  return { ...object, [key]: below(object[key]) };
}
