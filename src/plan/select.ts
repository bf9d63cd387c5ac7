import {
  shapeOf,
  type Atom,
  type CidrAtom,
  type Field,
  type Pattern,
  type PredicateOf,
  type StringAtom,
} from '../ir/index.js';
import { hasMapped, mappedNetwork } from './mapped-network.js';
import type { ColumnType, Manifest } from './manifest.js';
import type { Unsupported } from './unsupported.js';
import type { TestKey } from './operators.js';

/** Atoms that have been typed; keywords have become tests on fields. */
export type TypedAtom = Exclude<Atom, { readonly kind: 'keyword' | 'keyword-regex' }>;

/** What an atom asks of a backend: keys in order of preference, and what fills their slots. */
export interface Request {
  readonly keys: readonly TestKey[];
  readonly value?: Pattern;
  /** The field is read as text, with a cast if its type needs one. */
  readonly asText: boolean;
  readonly other?: Field;
  readonly words?: Readonly<Record<string, string>>;
  /** The empty string matches it. */
  readonly acceptsEmpty?: boolean;
  /** Those that an expression takes in any case. */
  readonly letters?: string;
  /** Why it cannot be said, whatever the test. */
  readonly refused?: string;
}

type Requests = {
  readonly [Kind in TypedAtom['kind']]: (
    atom: PredicateOf<Kind>,
    holds: ColumnType['holds'],
    manifest: Manifest,
  ) => Request;
};

const comparisons = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

const requests: Requests = {
  string: ofString,
  number: ({ value }) => ({ keys: ['number'], value: [value], asText: false }),
  boolean: ({ value }) => ({ keys: ['boolean'], value: [String(value)], asText: false }),
  null: (_, holds) => ({ keys: [holds === 'text' ? 'null' : 'null.typed'], asText: false }),
  blank: () => ({ keys: ['blank'], asText: false }),
  exists: (_, holds) => ({ keys: [holds === 'text' ? 'exists' : 'exists.typed'], asText: false }),
  comparison: ({ operator, value }, holds) => ({
    keys: [holds === 'number' ? 'comparison' : 'comparison.text'],
    value: [value],
    asText: holds !== 'number',
    words: { operator: comparisons[operator], bound: operator },
  }),
  // The value is the expression in the engine's words, which is known only later.
  regex: () => ({ keys: ['regex'], asText: true }),
  cidr: ofNetwork,
  field: ({ test, cased, other }) => ({
    keys: [cased ? `field.${test}.cased` : `field.${test}`],
    asText: true,
    other,
  }),
  'time-part': ({ part, value }, holds, manifest) => ({
    keys: [holds === 'time' ? 'time-part' : 'time-part.text'],
    value: [String(value)],
    asText: false,
    ...partOf(manifest.parts[part]),
  }),
};

export function requestOf(
  atom: TypedAtom,
  holds: ColumnType['holds'],
  manifest: Manifest,
): Request {
  const request = requests[atom.kind] as (
    atom: TypedAtom,
    holds: ColumnType['holds'],
    manifest: Manifest,
  ) => Request;
  return request(atom, holds, manifest);
}

function partOf(part: string | Unsupported): Pick<Request, 'words' | 'refused'> {
  return typeof part === 'string' ? { words: { part } } : { refused: part.unsupported };
}

function ofNetwork({ network, version }: CidrAtom, holds: ColumnType['holds']): Request {
  const key = version === 6 && hasMapped(network) ? 'cidr.mapped' : (`cidr.${version}` as const);
  return {
    keys: [holds === 'address' ? key : `${key}.text`],
    value: [network],
    asText: holds !== 'address',
    ...(version === 4 && { words: { mapped: mappedNetwork(network) } }),
  };
}

function ofString(atom: StringAtom, holds: ColumnType['holds']): Request {
  const { pattern, cased } = atom;
  const shape = shapeOf(pattern);
  if (shape.kind === 'any') {
    return { keys: [holds === 'text' ? 'present' : 'present.typed'], asText: false };
  }
  if (shape.kind === 'equals' && shape.text === '') return { keys: ['empty'], asText: false };
  if (shape.kind === 'equals' && holds === 'address') {
    return { keys: ['address'], value: pattern, asText: false };
  }
  const own = cased ? (`${shape.kind}.cased` as const) : shape.kind;
  const other = cased ? shape.kind : (`${shape.kind}.cased` as const);
  // Without letters both mean the same.
  const keys = hasCase(pattern) ? [own] : [own, other];
  return { keys, value: pattern, asText: true };
}

/** Whether case can make a difference: letters, or anything beyond ASCII. */
function hasCase(pattern: Pattern): boolean {
  return pattern.some((part) => typeof part === 'string' && /[a-zA-Z]|[^\0-\x7f]/.test(part));
}
