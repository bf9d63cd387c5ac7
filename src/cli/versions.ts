import { readFile } from 'node:fs/promises';
import type { Destination } from '../convert.js';

interface Package {
  readonly version: string;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

async function ownPackage(): Promise<Package> {
  const text = await readFile(new URL(import.meta.resolve('isosigma/package.json')), 'utf8');
  return JSON.parse(text) as Package;
}

/** The version of Isosigma, and so of its interpreters. */
export async function toolVersion(): Promise<string> {
  return (await ownPackage()).version;
}

/** The parser, which is not ours, and the products whose language the interpreters speak. */
const languages: Readonly<Record<string, (own: Package) => string>> = {
  kql: ({ optionalDependencies }) => {
    const parser = '@kusto/language-service-next';
    return `KQL, read by ${parser} ${optionalDependencies[parser]}`;
  },
  spl: () => 'SPL, not SPL2',
  eql: () => 'EQL of Elasticsearch 8.x and 9.x',
  esql: () => 'ES|QL of Elasticsearch 8.x and 9.x',
};

/** What a verdict depends on; data of backends and pipelines by their SHA-256. */
export async function versionsOf({ backend, pipelines }: Destination) {
  const own = await ownPackage();
  const { id, version } = backend.manifest;
  return {
    tool: own.version,
    node: process.version,
    language: languages[id]!(own),
    backend: version,
    pipelines: Object.fromEntries(pipelines.map(({ id, version }) => [id, version])),
  };
}
