import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { convertRule, type Destination } from '../../src/convert.js';
import { matcher, type Event } from '../../src/evaluate/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

interface Trap {
  readonly about: string;
  readonly logsource: object;
  readonly detection: object;
  readonly match: readonly Event[];
  readonly miss: readonly Event[];
  readonly refused?: readonly string[];
  /** Pipelines whose rows cannot be written from these fields alone. */
  readonly unchecked?: readonly string[];
}

const file = new URL('traps.yml', import.meta.url);
const traps = load(readFileSync(file, 'utf8')) as readonly Trap[];

const destinations = await Promise.all([
  destination('kql', ['sentinel']),
  destination('kql', ['defender-xdr']),
  destination('spl', []),
  destination('eql', []),
  destination('esql', []),
]);

async function destination(id: BackendId, names: readonly string[]): Promise<Destination> {
  const backend = await backendOf(id);
  const wanted = names.length > 0 ? names : backend.manifest.pipelines;
  const pipelines = await Promise.all(wanted.map((name) => loadPipeline(name, id)));
  return { backend, pipelines: pipelines.flatMap((each) => each ?? []) };
}

test.each(traps)(
  '$about',
  ({ logsource, detection, match, miss, refused = [], unchecked = [] }) => {
    const text = JSON.stringify({ title: 'Trap', logsource, detection });
    const [rule] = resolve(parse([{ name: 'trap.yml', text }]));
    const events = [...match, ...miss];
    for (const destination of destinations) {
      const conversion = convertRule(rule!, destination, convertOptions);
      const { id } = destination.backend.manifest;
      const about = [
        id,
        ...conversion.queries,
        ...conversion.diagnostics.map(({ message }) => message),
      ];
      expect(conversion.made === undefined, about.join('\n')).toBe(refused.includes(id));
      if (conversion.made?.meaning.kind !== 'detection') continue;
      const matches = matcher(conversion.made.meaning.predicate);
      expect(events.map((event) => matches(event))).toEqual(
        events.map((event) => match.includes(event)),
      );
      const { verdict, mapping, counterexample } = verify(conversion, { ...options, events });
      expect({ verdict, mapping, counterexample }, about.join('\n')).toMatchObject({
        verdict: 'equal',
        mapping: destination.pipelines.some((each) => unchecked.includes(each.id))
          ? 'unchecked'
          : 'equal',
        counterexample: undefined,
      });
    }
  },
);
