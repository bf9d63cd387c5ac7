import fc from 'fast-check';
import { dump } from 'js-yaml';
import { evilText } from '../evil.js';
import { isosigma } from '../isosigma.js';
import type { Part } from '../part.js';
import { written } from '../scratch.js';

interface Sized {
  readonly what: keyof typeof large;
  /** What is long is made of this, and each of many begins with it. */
  readonly unit: string;
  /** About how many characters the rule has. */
  readonly size: number;
  /** As JSON the rule is one line. */
  readonly as: 'yaml' | 'json';
  readonly pipeline: 'shipped' | 'plain';
}

/** What a rule is made of: a text that is as long as it, and the parts of one that is as wide. */
interface Matter {
  readonly long: string;
  readonly many: readonly string[];
}

const detection = (s: object) => ({ detection: { s, condition: 's' } });

/** How a rule can be large: what stands there in place of its own parts. */
const large = {
  name: ({ long }) => detection({ [long]: 'x' }),
  names: ({ many }) => detection(membersOf(many)),
  value: ({ long }) => detection({ Image: long }),
  values: ({ many }) => detection({ 'Image|contains': many }),
  all: ({ many }) => detection({ 'CommandLine|contains|all': many }),
  regex: ({ many }) => detection({ 'Image|re': many.join('|') }),
  modifiers: ({ many }) => detection({ [`Image|${many.join('|')}`]: 'x' }),
  condition: ({ many }) => ({ detection: { s: { Image: 'x' }, condition: many.join(' or ') } }),
  selections: ({ many }) => ({
    detection: {
      ...Object.fromEntries(many.map((each, at) => [`s${String(at)}`, { Image: each }])),
      condition: '1 of s*',
    },
  }),
  description: ({ long }) => ({ description: long }),
  tags: ({ many }) => ({ tags: many }),
  keys: ({ many }) => membersOf(many),
} satisfies Record<string, (matter: Matter) => object>;

const kinds = Object.keys(large) as (keyof typeof large)[];

/** Rules that are long or wide in one way. */
export const sizes: Part<Sized> = {
  holds: 'The rule is converted, or refused, in time that grows no faster than it.',
  first: kinds.map((what) => ({ what, unit: 'F', size: 60_000, as: 'json', pipeline: 'shipped' })),
  cases: () =>
    fc.record({
      what: fc.constantFrom(...kinds),
      unit: fc.oneof(fc.constantFrom('F', 'Image', 'é', 'a b'), evilText),
      size: fc.constantFrom(30_000, 30_000, 100_000),
      as: fc.constantFrom('yaml', 'json'),
      pipeline: fc.constantFrom('shipped', 'shipped', 'shipped', 'plain'),
    }),
  judge: async ({ what, unit, size, as, pipeline }, watch) => {
    const long = unit.repeat(Math.ceil(size / unit.length));
    const width = unit.length + 20;
    const many = Array.from({ length: Math.ceil(size / width) }, (_, at) => unit + String(at));
    const rule = {
      title: 'Large',
      logsource: { product: 'windows', category: 'process_creation' },
      detection: { s: { Image: 'x' }, condition: 's' },
      ...large[what]({ long, many }),
    };
    const file = written('rule.yml', as === 'json' ? JSON.stringify(rule) : dump(rule));
    for (const words of [
      ['convert', file, ...(pipeline === 'plain' ? ['-p', 'plain'] : [])],
      ['check', file],
    ]) {
      await watch(`${words[0]!} of a long ${what}`, size, () => isosigma(words));
    }
  },
};

function membersOf(many: readonly string[]): object {
  return Object.fromEntries(many.map((each) => [each, 'x']));
}
