import { createHash } from 'node:crypto';
import { buildPack, type BuildOptions } from '../../src/build-pack.js';
import {
  builtInAttack,
  loadFormat,
  parsePackFile,
  type FormatId,
  type PackFile,
} from '../../src/pack/index.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import type { Backend } from '../../src/plan/index.js';
import { type BackendId } from '../../src/render/index.js';
import { backendOf } from '../support/backend.js';

export const sha256 = (data: string | Uint8Array) =>
  createHash('sha256').update(data).digest('hex');

const backendsOf = (format: FormatId, elastic: readonly BackendId[]): readonly BackendId[] =>
  format.startsWith('sentinel') || format.startsWith('defender')
    ? ['kql']
    : format.startsWith('splunk')
      ? ['spl']
      : format.startsWith('elastic')
        ? elastic
        : [];

/** What a test says beyond the rules: more of pack.yml, and of the build. */
type More = Partial<Omit<PackFile, 'spanOf'>> &
  Partial<Pick<BuildOptions, 'previous' | 'judge' | 'verification' | 'attack'>> & {
    readonly pipeline?: string;
    /** The languages of Elastic's formats. */
    readonly elastic?: readonly BackendId[];
    readonly allow?: readonly 'union'[];
    /** Whether something runs the languages, and whether queries of one that nothing runs go in. */
    readonly verified?: boolean;
    readonly allowsUnverified?: boolean;
  };

/** The same words, of a language that something runs or that nothing does. */
function withVerified(backend: Backend, verified: boolean): Backend {
  return { ...backend, manifest: { ...backend.manifest, verified } };
}

/** Builds a pack of the rules in the texts, in memory, each format from a target of its own. */
export async function buildOf(
  texts: readonly string[],
  formats: readonly FormatId[],
  {
    previous,
    judge,
    verification,
    attack,
    pipeline = 'plain',
    allow = [],
    verified = true,
    allowsUnverified = false,
    elastic = ['eql'],
    ...given
  }: More = {},
) {
  const text = JSON.stringify({
    name: 'test_pack',
    title: 'Test pack',
    version: '1.0.0',
    license: 'Apache-2.0',
    authors: ['Nobody'],
    rules: ['rules'],
    targets: formats.map((id) => ({ formats: [id], backends: backendsOf(id, elastic) })),
    ...given,
  });
  const pack = parsePackFile({ name: 'pack.yml', text });
  if (!pack.ok) return pack;
  const sources = texts.map((each, at) => ({ name: `rules/${at}.yml`, text: each }));
  const targets = await Promise.all(
    formats.map(async (id) => {
      const backends = backendsOf(id, elastic);
      const destinations = await Promise.all(
        backends.map(async (backend) => ({
          backend: withVerified(await backendOf(backend), verified),
          pipelines: [(await loadPipeline(pipeline, backend))!],
        })),
      );
      const options = { vars: new Map<string, string>(), unscoped: true, allow, maxQueries: 24 };
      return { formats: [await loadFormat(id)], destinations, options, allowsUnverified };
    }),
  );
  return buildPack(pack.value, targets, sources, {
    attack: attack ?? builtInAttack,
    sha256,
    tool: '0.0.0',
    fileName: (path: string) => path,
    ...(previous && { previous }),
    ...(judge && { judge }),
    ...(verification && { verification }),
  });
}

/** The pack that `buildOf` builds, its files as texts by path. */
export async function packOf(...args: Parameters<typeof buildOf>) {
  const built = await buildOf(...args);
  if (!built.ok) throw new Error(JSON.stringify(built.diagnostics.map(({ message }) => message)));
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
