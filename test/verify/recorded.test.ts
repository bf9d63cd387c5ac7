import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert.js';
import { matcher, normalise, readEvents } from '../../src/evaluate/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { type BackendId } from '../../src/render/index.js';
import { eventMapper, mapEvent, type Row } from '../../src/rows/index.js';
import { verify } from '../../src/verify/index.js';
import { convertOptions, options } from './subjects.js';
import { backendOf } from '../support/backend.js';

const corpus = `${process.env['ISOSIGMA_CORPUS'] ?? '../shared/corpus'}/sigmahq`;
const folder = `${corpus}/regression_data`;

interface Recording {
  readonly rule_metadata: readonly { readonly id: string }[];
  readonly regression_tests_info?: readonly { readonly path: string }[];
}

function filesUnder(place: string, name: RegExp): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(place, file));
}

/** Every rule with the events that were recorded for it, in the rule's own fields. */
function recordings(): readonly (readonly [file: string, events: readonly Row[]])[] {
  const rules = new Map(
    readdirSync(corpus)
      .filter((name) => name.startsWith('rules'))
      .flatMap((name) => filesUnder(join(corpus, name), /\.yml$/))
      .map((file) => [/^id: (\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '', file]),
  );
  return filesUnder(folder, /info\.yml$/).flatMap((info) => {
    const { rule_metadata, regression_tests_info = [] } = load(
      readFileSync(info, 'utf8'),
    ) as Recording;
    const events = regression_tests_info.flatMap(({ path }) => {
      const file = join(corpus, path.replace(/\.evtx$/, '.json'));
      if (!existsSync(file)) return [];
      const read = readEvents({ name: file, text: readFileSync(file, 'utf8') });
      return read.ok ? read.value.map((event) => normalise(event)) : [];
    });
    return rule_metadata.flatMap(({ id }) => {
      const file = rules.get(id);
      return file && events.length > 0 ? [[file, events] as const] : [];
    });
  });
}

/**
 * Where, and how many of the 123 events that match the rule they were recorded for have a row there;
 * the others' rules are refused. Of the smaller pipelines fewer rules are run.
 */
const places: readonly (readonly [BackendId, string, rows: number, step: number])[] = [
  ['kql', 'sentinel', 123, 6],
  ['kql', 'defender-xdr', 118, 12],
  ['kql', 'asim', 116, 12],
  ['spl', 'splunk-windows', 123, 3],
  ['spl', 'splunk-cim', 114, 12],
  ['eql', 'ecs-windows', 123, 3],
  ['eql', 'ecs-defend', 114, 6],
  ['esql', 'ecs-windows', 123, 3],
  ['esql', 'ecs-defend', 114, 6],
];
const isWhole = process.env['ISOSIGMA_WHOLE'] !== undefined;

for (const [id, name, rows, step] of places) {
  test.skipIf(!existsSync(folder))(
    `${id} ${name}: a query finds the row of every event that was recorded for its rule (skipped without ${folder}; every rule with ISOSIGMA_WHOLE=1)`,
    async () => {
      const pipelines = [(await loadPipeline(name, id))!];
      const destination = { backend: await backendOf(id), pipelines };
      let mapped = 0;
      for (const [at, [file, events]] of recordings().entries()) {
        const source = { name: file, text: readFileSync(file, 'utf8') };
        for (const conversion of convert([source], [destination], convertOptions)) {
          const { made } = conversion;
          if (!made) continue;
          const { meaning, mapped: there } = made;
          if (meaning.kind !== 'detection' || there.kind !== 'detection') continue;
          const mapper = eventMapper(meaning, there.target!.place, [], pipelines, options.vars);
          const matches = events.filter(matcher(meaning.predicate));
          mapped += matches.filter((event) => mapper && mapEvent(mapper, event)).length;
          if (!isWhole && at % step !== 0) continue;
          const verdict = verify(conversion, { ...options, runs: 0, events });
          expect(
            verdict.counterexample,
            `${file}\n${conversion.queries.join('\n')}`,
          ).toBeUndefined();
        }
      }
      expect(mapped).toBe(rows);
    },
    600_000,
  );
}
