// The queries that are changed: of the rules in rules/, of the golden cases, and of some of SigmaHQ's.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { library, root } from './library.mjs';

const { convertRule, loadBackend, loadPipeline, parse, parsePipeline, readSources, readerOf } =
  library;
const options = { vars: new Map(), unscoped: false, allow: ['union'], maxQueries: 24 };
const corpus = join(process.env.ISOSIGMA_CORPUS ?? join(root, '../shared/corpus'), 'sigmahq/rules');

/** One of SigmaHQ's rules of so many. */
const step = 53;

/** Conversions to one language with a name each; those that are refused are left out. */
export async function* subjectsOf(id) {
  const backend = await loadBackend(id, readerOf(id));
  const named = async (names) =>
    (await Promise.all(names.map((name) => loadPipeline(name, id)))).flatMap((each) => each ?? []);
  const own = await named(backend.manifest.pipelines);
  const plain = await named(['plain']);
  const said = function* (sources, pipelines) {
    for (const rule of library.resolve(parse(sources)).filter(({ output }) => output)) {
      const conversion = convertRule(rule, { backend, pipelines }, options);
      if (conversion.made && conversion.queries.length > 0) yield conversion;
    }
  };
  for (const [folder, name] of goldenCases()) {
    const pipelines = [...plain, ...casePipelines(folder, id)];
    const text = readFileSync(join(folder, 'rule.yml'), 'utf8');
    const last = [...said([{ name, text }], pipelines)].at(-1);
    if (last) yield { name, conversion: last };
  }
  const folders = [join(root, 'rules'), ...(existsSync(corpus) ? [corpus] : [])];
  for (const folder of folders) {
    const { sources } = await readSources([folder]);
    const chosen = folder === corpus ? sources.filter((_, at) => at % step === 0) : sources;
    for (const source of chosen) {
      const name = source.name.slice(source.name.lastIndexOf('/') + 1);
      for (const conversion of said([source], own)) yield { name, conversion };
    }
  }
}

function goldenCases() {
  return ['detections', 'correlations'].flatMap((kind) => {
    const folder = join(root, 'test/golden', kind);
    return readdirSync(folder).map((name) => [join(folder, name), `golden ${name}`]);
  });
}

function casePipelines(folder, id) {
  return ['pipeline.yml', `pipeline.${id}.yml`].flatMap((name) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [];
    const { ok, value } = parsePipeline({ name, text: readFileSync(path, 'utf8') });
    return ok ? [value] : [];
  });
}
