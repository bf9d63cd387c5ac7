import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { hasErrors } from '../../src/diagnostics/index.js';
import type { Row } from '../../src/dialects/index.js';
import { loadPipeline, type Pipeline } from '../../src/pipeline/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import { verify } from '../../src/verify/index.js';
import { pipeline } from '../pipeline/rules.js';
import { convertOptions, interpreters, options } from './subjects.js';

// A name that a rule gives to a field reaches the target as it is, whatever signs it has, or the rule
// is refused. Where the field lies is worked out here, by joining texts and nothing else.

/** Every sign of ASCII that is printed, inside a name; what may stand for something; what may end a quote. */
const names = [
  ...Array.from({ length: 0x7f - 0x20 }, (_, at) => `F${String.fromCharCode(0x20 + at)}x`),
  ...['F$&x', 'F$`x', "F$'x", 'F$$x', 'F$1x', 'F$<n>x', '$&', '{field}', 'F{name}{path}{quoted}x'],
  ...['F"]x', 'F\\"x', "F'])x", 'x"]) =~ "" or true or tostring(F["y', `x">') or true //`],
];

/** Names that a field must not be taken for. */
function mangled(name: string): readonly string[] {
  const signs = Array.from(name);
  const inner = signs.slice(1, -1).join('');
  return ['', 'a', inner + inner, `\\${inner}`, '{field}', '&amp;', '$', '$&', '$$']
    .map((other) => signs[0]! + other + signs.at(-1)!)
    .concat(signs.toReversed().join(''), name.split('$$').join('$'))
    .filter((other) => other !== name);
}

type Fields = Readonly<Record<string, string>>;

/** Where the fields of a log source are. */
interface Place {
  readonly title: string;
  readonly backend: BackendId;
  readonly pipeline: Pipeline;
  readonly vars?: ReadonlyMap<string, string>;
  /** A row of the log source with these fields. */
  readonly row: (fields: Fields) => Row;
  /** The names that cannot be said there. */
  readonly unsayable: RegExp;
}

const shipped = async (backend: string, id: string) => (await loadPipeline(id, backend))!;

/** `F|x` is a field with a modifier that there is not. SPL knows one quote for names, or the other. */
const languages = [
  { backend: 'kql', unsayable: /\|/ },
  { backend: 'spl', unsayable: /[|\\]|".*'/ },
  { backend: 'eql', unsayable: /\|/ },
  { backend: 'esql', unsayable: /\|/ },
  { backend: 'dsl', unsayable: /[|*]/ },
] as const;

const [kql, spl, ...elastic] = languages;

function under(prefix: string, fields: Fields): Row {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]));
}

/** The data of an event as Windows writes them; no name that can be said needs an entity. */
function xml(fields: Fields): string {
  const data = Object.entries(fields).map(
    ([name, value]) => `<Data Name="${name}">${value}</Data>`,
  );
  return `<DataItem><EventData>${data.join('')}</EventData></DataItem>`;
}

const places: readonly Place[] = [
  ...(await Promise.all(
    languages.map(async (language) => ({
      ...language,
      title: `${language.backend}, plain`,
      pipeline: await shipped(language.backend, 'plain'),
      row: (fields: Fields) => fields,
    })),
  )),
  ...languages.map((language) => ({
    ...language,
    title: `${language.backend}, under a prefix`,
    pipeline: pipeline(
      `sources: [{ logsource: {}, targets: [{ table: Events, others: 'prefix.{field}' }] }]`,
    ),
    row: (fields: Fields) => under('prefix.', fields),
  })),
  ...(await Promise.all(
    elastic.map(async (language) => ({
      ...language,
      title: `${language.backend}, ecs-windows`,
      pipeline: await shipped(language.backend, 'ecs-windows'),
      row: (fields: Fields) => ({
        'winlog.channel': 'System',
        ...under('winlog.event_data.', fields),
      }),
    })),
  )),
  {
    ...spl,
    title: 'spl, splunk-windows',
    pipeline: await shipped('spl', 'splunk-windows'),
    row: (fields) => ({ source: 'XmlWinEventLog:System', Channel: 'System', ...fields }),
  },
  {
    ...kql,
    title: 'kql, in the document of WindowsEvent',
    pipeline: await shipped('kql', 'sentinel'),
    vars: new Map([['windows', 'windowsevent']]),
    row: (fields) => ({ Channel: 'System', EventData: fields }),
  },
  {
    ...kql,
    title: 'kql, in the XML of Event',
    pipeline: await shipped('kql', 'sentinel'),
    vars: new Map([['windows', 'event']]),
    row: (fields) => ({ EventLog: 'System', EventData: xml(fields) }),
    unsayable: /\W/,
  },
];

const words = { kql: 'string', eql: 'keyword', esql: 'keyword', dsl: 'keyword', spl: undefined };

/** Whether the query finds the row. */
function finds(query: string, backend: BackendId, row: Row): boolean {
  const word = words[backend];
  const types = Object.entries(row).map(([column, cell]) => [
    column,
    typeof cell === 'object' ? 'dynamic' : word,
  ]);
  const result = interpreters[backend]({
    query: { name: 'query', text: query },
    datasets: [
      {
        name: '*',
        rows: [row],
        ...(word && { types: Object.fromEntries(types) as Record<string, string> }),
      },
    ],
    now: options.now,
    timeField: '@timestamp',
  });
  if (!result.ok || hasErrors(result.diagnostics)) {
    throw new Error(`${query}: ${result.diagnostics.map(({ message }) => message).join()}`);
  }
  const { value } = result;
  if (value.kind === 'sequences') throw new Error(`${query} is a sequence`);
  return (value.kind === 'table' ? value.rows : value.events).length > 0;
}

test.each(places)('$title: no sign in a name makes it another', async (place) => {
  const { backend, row, unsayable } = place;
  const destination = { backend: await loadBackend(backend), pipelines: [place.pipeline] };
  const vars = place.vars ?? options.vars;
  for (const name of names) {
    const text = `title: A name
logsource: { product: windows, service: system }
detection: { s: { ${JSON.stringify(name)}: v }, condition: s }`;
    const [conversion] = convert([{ name: 'rule.yml', text }], [destination], {
      ...convertOptions,
      vars,
    });
    const [query] = conversion!.queries;
    expect.soft(query === undefined, name).toBe(unsayable.test(name));
    if (query === undefined) continue;

    const others = Object.fromEntries(mangled(name).map((other) => [other, 'v']));
    expect.soft(finds(query, backend, row({ [name]: 'v' })), query).toBe(true);
    expect.soft(finds(query, backend, row({ ...others, [name]: 'w' })), query).toBe(false);
    const { verdict, mapping } = verify(conversion!, { ...options, vars, runs: 0 });
    expect.soft({ verdict, mapping }, query).toEqual({ verdict: 'equal', mapping: 'equal' });
  }
});
