import type { Header, Json } from '../syntax/index.js';

type JsonRecord = Readonly<Record<string, Json>>;

/** The parts of a form in the order that most forms have, and the headings that they have there. */
const parts = {
  description: '#### DESCRIPTION',
  example: '**Example:**',
  related: '**Related**',
  references: '**Reference:**',
  attack: '#### ATT&CK TACTICS',
  query: '#### SENTINEL RULE QUERY',
  triage: '#### Triage',
  'false-positives': '#### FalsePositive',
  version: '#### VERSION',
} as const;

type Part = keyof typeof parts;

/**
 * The content of an Alerting and Detection Strategy form: what stands under `isosigma: ads:`, and
 * what the rule says elsewhere.
 *
 * Keys of `ads`: title, level (`###`), data-sources [{name, url}], and one for each part, a text of Markdown or
 * a list of items; `headings` by part, and `order`. With a `query` of its own the form keeps that one.
 * No blank line follows a heading that ends in a line break.
 */
export function adsFacts(header: Header): JsonRecord {
  const ads = recordOf(header.isosigma?.ads);
  const text = (key: string, otherwise: string): string =>
    typeof ads[key] === 'string' ? ads[key].replace(/\n+$/, '') : otherwise;
  const list = (key: string, otherwise: readonly string[]): string | readonly string[] =>
    Array.isArray(ads[key])
      ? (ads[key] as readonly Json[]).map(String)
      : text(key, '') || otherwise;
  const values = (texts: Header['references']) => texts.map(({ value }) => value);
  const ids = header.tags.flatMap(
    ({ value }) => /^attack\.([tsgc]\d{4}(?:\.\d{3})?)$/.exec(value)?.[1]?.toUpperCase() ?? [],
  );
  const content: Readonly<Record<Part, Json>> = {
    description: text('description', header.description?.value.trim() ?? header.title.value),
    example: text('example', ''),
    related: text('related', ''),
    references: list('references', values(header.references)),
    attack: list('attack', ids),
    query: text('query', ''),
    triage: list('triage', []),
    'false-positives': list('false-positives', values(header.falsepositives)),
    version: text('version', ''),
  };
  const headings = recordOf(ads['headings']);
  const order = [list('order', Object.keys(parts))]
    .flat()
    .filter((each): each is Part => Object.hasOwn(parts, each));
  return {
    title: text('title', header.title.value),
    level: text('level', '###'),
    triage: content.triage,
    dataSources: Array.isArray(ads['data-sources']) ? ads['data-sources'] : [],
    sections: order
      .filter(
        (part) =>
          part === 'attack' ||
          part === 'query' ||
          Object.hasOwn(headings, part) ||
          !isEmpty(content[part]),
      )
      .map((part) => section(part, headings[part], content[part])),
  };
}

/** A part with its content under the one key that says how it is laid out. */
function section(part: Part, heading: Json | undefined, content: Json): JsonRecord {
  const given = typeof heading === 'string' ? heading : parts[part];
  return {
    heading: given.trimEnd(),
    tight: given.endsWith('\n') || (part !== 'query' && isEmpty(content)),
    ids: [],
    references: [],
    list: [],
    code: [],
    text: '',
    isQuery: part === 'query',
    ...placed(part, content),
  };
}

/** A list stands item by item, a text as it is, in the layout of its part. */
function placed(part: Part, content: Json): JsonRecord {
  if (part === 'query') return content === '' ? {} : { code: [content] };
  if (typeof content === 'string') return { text: content };
  return { [part === 'attack' ? 'ids' : part === 'references' ? part : 'list']: content };
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function recordOf(value: Json | undefined): JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : {};
}
