import { createHash } from 'node:crypto';
import { convertRule } from '../../src/convert.js';
import {
  assemble,
  builtInAttack,
  loadFormat,
  packRule,
  type FormatId,
  type Manifest,
  type PackFile,
} from '../../src/pack/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import { loadBackend, type BackendId } from '../../src/render/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

export const sha256 = (data: string | Uint8Array) =>
  createHash('sha256').update(data).digest('hex');

const backendOf = (format: FormatId): BackendId | undefined =>
  format.startsWith('sentinel') || format.startsWith('defender')
    ? 'kql'
    : format.startsWith('splunk')
      ? 'spl'
      : format.startsWith('elastic')
        ? 'eql'
        : undefined;

/** A pack of the rules in the texts, in one format, in memory. */
export async function packOf(
  texts: readonly string[],
  formats: readonly FormatId[],
  more: Partial<PackFile> & { readonly previous?: Manifest } = {},
) {
  const { previous, ...given } = more;
  const pack: PackFile = {
    name: 'test_pack',
    title: 'Test pack',
    version: '1.0.0',
    license: 'Apache-2.0',
    authors: ['Nobody'],
    rules: [],
    targets: [],
    ...given,
  };
  const sources = texts.map((text, at) => ({ name: `rules/${at}.yml`, text }));
  const targets = await Promise.all(
    formats.map(async (id) => {
      const backend = backendOf(id);
      const destinations = backend
        ? [
            {
              backend: await loadBackend(backend),
              pipelines: [(await loadPipeline('plain', backend))!],
            },
          ]
        : [];
      return { format: await loadFormat(id), destinations };
    }),
  );
  const options = { pack, attack: builtInAttack, sha256, fileName: (path: string) => path };
  const rules = resolve(parse(sources)).filter(({ output }) => output);
  const packed = rules.map((rule) =>
    packRule(
      rule,
      targets.map(({ destinations }) =>
        destinations.map((destination) =>
          convertRule(rule, destination, {
            vars: new Map(),
            unscoped: true,
            allow: [],
            maxQueries: 24,
          }),
        ),
      ),
      options,
    ),
  );
  const built = assemble(
    {
      pack,
      attack: builtInAttack,
      formats: targets.map(({ format }) => [format]),
      rules: packed,
      sources: sources.map(({ name, text }) => ({ path: name, text })),
    },
    { sha256, tool: '0.0.0', ...(previous && { previous }) },
  );
  if (!built.ok) throw new Error(JSON.stringify(built.diagnostics));
  const files = new Map(
    built.value.files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]),
  );
  return { ...built.value, files, bytes: built.value.files, diagnostics: built.diagnostics };
}

/** A detection rule; `extra` is more of its YAML. */
export function ruleText(title: string, extra = ''): string {
  return `title: ${JSON.stringify(title)}
id: 6b7e3d0c-5a51-4f0b-9d2f-1f0c6a3b8e21
status: test
logsource: { category: process_creation, product: windows }
detection: { selection: { CommandLine|contains: whoami }, condition: selection }
level: high
${extra}`;
}
