import fc from 'fast-check';
import { convert } from '../../../src/convert.js';
import { backendIds, type BackendId } from '../../../src/render/index.js';
import { verify } from '../../../src/verify/index.js';
import { convertOptions, options } from '../../verify/subjects.js';
import { shipped } from '../shipped.js';
import { mutated, mutations, type Mutation } from '../edits.js';
import { isosigma } from '../isosigma.js';
import { fault, type Part } from '../part.js';
import { plain } from '../plain.js';
import { ruleTexts } from '../seeds.js';
import { written } from '../scratch.js';

interface RuleFile extends Mutation {
  readonly isPlain: boolean;
  /** The language whose query is run beside the rule. */
  readonly judged: BackendId;
}

/** Longer rules are only converted: rows of long values are long, and there are many of them. */
const judgedLength = 10_000;

/** Rules with their characters and their trees changed, for all languages. */
export const rules: Part<RuleFile> = {
  holds: 'The rule is converted to queries that mean the same, or refused, in time.',
  cases: () =>
    fc
      .tuple(mutations(ruleTexts()), fc.boolean(), fc.constantFrom(...backendIds))
      .map(([mutation, isPlain, judged]) => ({ ...mutation, isPlain, judged })),
  judge: async ({ isPlain, judged, ...mutation }, watch) => {
    const text = mutated(mutation);
    const file = written('rule.yml', text);
    for (const words of [
      ['convert', file, ...(isPlain ? ['-p', 'plain'] : [])],
      ['check', file],
      ['migrate', file],
    ]) {
      const { error } = await watch(words[0]!, text.length, () => isosigma(words));
      const broken = / render\/broke-out: .*/.exec(error);
      if (broken) throw fault('broke out', broken[0]);
    }
    if (text.length > judgedLength) return;
    const to = await (isPlain ? plain(judged) : shipped(judged));
    for (const conversion of convert([{ name: 'rule.yml', text }], [to], convertOptions)) {
      const { verdict, mapping, counterexample } = verify(conversion, { ...options, runs: 2 });
      if (verdict === 'diverges' || mapping === 'diverges') {
        const shown = `${JSON.stringify(counterexample)}\n${conversion.queries.join('\n')}`;
        throw fault('broke out', `${judged} differs from its rule: ${shown}`);
      }
    }
  },
};
