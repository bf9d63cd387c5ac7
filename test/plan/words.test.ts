import { expect, test } from 'vitest';
import { anyOne, anyRun, type Field, type Predicate } from '../../src/ir/index.js';
import { plan, type Backend } from '../../src/plan/index.js';
import {
  comparison,
  field,
  network,
  num,
  origin,
  regex,
  rule,
  text,
  truth,
} from '../support/ir.js';
import { planned } from '../support/planned.js';
import { backendOf } from '../support/backend.js';

const s = field('s');
const n = field('n', 'integer');
const b = field('b', 'boolean');
const ip = field('ip', 'ip');
const t = field('t', 'datetime');
const cased = { cased: true };

/** A backend that can say nothing, or one thing, and an advice if it has one. */
async function mute({
  alternative,
  but,
}: { alternative?: string; but?: string } = {}): Promise<Backend> {
  const { manifest, contexts, ...rest } = await backendOf('esql');
  return {
    ...rest,
    manifest: { ...manifest, alternative } as typeof manifest,
    contexts: contexts.map((context) => ({
      ...context,
      tests: Object.fromEntries(
        Object.entries(context.tests).map(([key, said]) => [
          key,
          key === but ? said : 'it is mute',
        ]),
      ) as unknown as typeof context.tests,
    })),
  };
}

const options = { allow: [], maxQueries: 24 };

const of = (kind: 'null' | 'blank' | 'exists', on: Field): Predicate => ({
  kind,
  field: on,
  origin,
});

const fields = (
  test: 'equals' | 'startswith' | 'endswith' | 'contains',
  isCased: boolean,
): Predicate => ({ kind: 'field', field: s, other: field('o'), test, cased: isCased, origin });

const hour = (on: Field): Predicate => ({
  kind: 'time-part',
  field: on,
  part: 'hour',
  value: 7,
  origin,
});

test.each<readonly [string, Predicate]>([
  ['equality without regard to case', text(s, ['a'])],
  ['a prefix without regard to case', text(s, ['a', anyRun])],
  ['a suffix without regard to case', text(s, [anyRun, 'a'])],
  ['a substring without regard to case', text(s, [anyRun, 'a', anyRun])],
  ['wildcards without regard to case', text(s, ['a', anyOne])],
  ['case-sensitive equality', text(s, ['a'], cased)],
  ['a case-sensitive prefix', text(s, ['a', anyRun], cased)],
  ['a case-sensitive suffix', text(s, [anyRun, 'a'], cased)],
  ['a case-sensitive substring', text(s, [anyRun, 'a', anyRun], cased)],
  ['case-sensitive wildcards', text(s, ['a', anyRun, 'b'], cased)],
  ['a regular expression', regex(s, 'a')],
  ['the empty string', text(s, [''])],
  ['a missing or empty value', of('blank', s)],
  ['a missing value', of('null', s)],
  ['a missing value', of('null', n)],
  ['the presence of a field', of('exists', s)],
  ['the presence of a field', of('exists', n)],
  ['any value at all', text(s, [anyRun])],
  ['any value at all', text(n, [anyRun])],
  ['a number', num(n, '7')],
  ['a truth value', truth(b, true)],
  ['an address', text(ip, ['10.0.0.1'])],
  ['a comparison of numbers', comparison(n, 'lt', '7')],
  ['a comparison of numbers in a text field', comparison(s, 'lt', '7.5')],
  ['an IPv4 network', network(ip, '10.0.0.0/8')],
  ['an IPv6 network', network(ip, 'fe80::/10')],
  ['an IPv6 network in a text field', network(s, 'fe80::/10')],
  ['an IPv6 network with mapped IPv4 addresses in it', network(ip, '::/0')],
  [
    'an IPv6 network with mapped IPv4 addresses in it, in a text field',
    network(s, '::ffff:10.0.0.0/104'),
  ],
  // An IPv4 network in a text field is spelt as the texts of its addresses, a whole bound by its digits.
  ['a regular expression', network(s, '10.0.0.0/8')],
  ['a regular expression', comparison(s, 'lt', '7')],
  ['the equality of two fields', fields('equals', false)],
  ['another field as prefix', fields('startswith', false)],
  ['another field as suffix', fields('endswith', false)],
  ['another field as substring', fields('contains', false)],
  ['the case-sensitive equality of two fields', fields('equals', true)],
  ['another field as case-sensitive prefix', fields('startswith', true)],
  ['another field as case-sensitive suffix', fields('endswith', true)],
  ['another field as case-sensitive substring', fields('contains', true)],
  ['a part of a date', hour(t)],
  ['a part of a date in a text field', hour(s)],
])('what cannot be said is told in words: %s', async (words, predicate) => {
  const backend = await mute();
  const refused = plan(rule(predicate), backend, options);
  expect(refused.ok).toBe(false);
  const { name } = (predicate as Extract<Predicate, { readonly field: Field }>).field;
  expect(refused.diagnostics.map(({ message, help }) => ({ message, help }))).toEqual([
    { message: `Elastic ES|QL cannot test ${words} on '${name}': it is mute`, help: undefined },
  ]);
});

test('the advice of a backend stands beside what it cannot say', async () => {
  const refused = plan(rule(text(s, ['a'])), await mute({ alternative: 'write a poem' }), options);
  expect(refused.diagnostics.map(({ help }) => help)).toEqual(['write a poem']);
});

test.each([
  [text('a\nb', ['x']), 'equality without regard to case', 'it cannot write the name of the field'],
  [
    { ...fields('equals', false), other: field('a\nb') } as Predicate,
    'the equality of two fields',
    'it cannot write the name of the field',
  ],
])('a name that cannot be written is a reason', async (predicate, words, reason) => {
  const { messages } = await planned(predicate, 'esql');
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(`cannot test ${words} on`);
  expect(messages[0]).toContain(reason);
});

const folding = 'ascii-case-folding';

test.each([
  // Nothing beyond ASCII is folded, as documented, but by an expression.
  ['kql', text(s, ['kiss']), false],
  ['kql', text(s, ['\u00e9']), false],
  ['kql', text(s, ['k', anyOne]), true],
  ['kql', text(s, ['i', anyOne]), false],
  ['kql', text(s, ['\u00e9', anyOne]), true],
  ['kql', text(s, ['k', anyOne], cased), false],
  ['kql', regex(s, 'k', 'i'), false],
  ['eql', text(s, ['kiss', anyRun]), false],
  ['eql', text(s, ['kiss*', anyRun]), true],
  ['eql', regex(s, 'k'), false],
  ['eql', regex(s, 'k', 'i'), true],
  ['eql', regex(s, '[a-z]', 'i'), true],
  ['eql', regex(s, '[^a]', 'i'), true],
  ['eql', regex(s, '(?:a|b+)[c-h].$', 'i'), false],
  ['eql', regex(s, '[\u00e9]', 'i'), true],
  ['dsl', text(s, ['kiss', anyRun]), false],
  ['dsl', regex(s, 's', 'i'), true],
  // Lower case in Java: K becomes k, and \u0130 an i with a dot.
  ['esql', text(s, ['K']), true],
  ['esql', text(s, ['I', anyRun]), true],
  ['esql', text(s, ['s', anyRun]), false],
  ['esql', text(s, ['K'], cased), false],
  ['esql', text(s, ['\u00e9']), true],
  ['esql', fields('equals', false), true],
  ['esql', fields('equals', true), false],
  // Splunk does not say what it folds.
  ['spl', text(s, ['k']), true],
  ['spl', text(s, ['s', anyRun]), true],
  ['spl', text(s, ['i', anyOne]), true],
  ['spl', text(s, ['abc']), false],
  ['spl', text(s, ['4625']), false],
] as const)(
  '%s: letters that fold to one of ASCII are a class, case %#',
  async (id, predicate, named) => {
    const { certificate } = await planned(predicate, id);
    expect(certificate.includes(folding), certificate).toBe(named);
  },
);

test('a network spelt as an expression is exact on addresses that are spelt as usual', async () => {
  const spelt = plan(rule(network(s, '10.0.0.0/8')), await mute({ but: 'regex' }), options);
  expect(spelt.ok && spelt.value.certificate.classes).toContain('address-text');
  const plain = plan(rule(regex(s, 'a')), await mute({ but: 'regex' }), options);
  expect(plain.ok && plain.value.certificate.classes).not.toContain('address-text');
});

test.each([
  [text(ip, ['10.1.1.1']), true],
  [text(ip, ['10.', anyRun]), true],
  [regex(ip, '^10'), true],
  [text(ip, [anyRun]), false],
  [text(ip, ['a host']), false],
  [network(ip, '10.0.0.0/8'), false],
  [text(s, ['10.', anyRun]), false],
])(
  'a text of an address in a field for addresses is its canonical one',
  async (predicate, named) => {
    const { certificate } = await planned(predicate, 'esql');
    expect(certificate.includes('canonical-addresses')).toBe(named);
  },
);

test('a keyword that no pipeline gives fields is looked for in the text of the event', async () => {
  const keyword: Predicate = {
    kind: 'keyword',
    pattern: [anyRun, 'a', anyRun],
    cased: false,
    fields: [],
    origin,
  };
  expect((await planned(keyword, 'spl')).assumptions).toContain('whole-text');
  const named = { ...keyword, fields: [s] };
  expect((await planned(named, 'spl')).assumptions).not.toContain('whole-text');
});
