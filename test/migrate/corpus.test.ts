import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lower } from '../../src/lower/index.js';
import { migrate } from '../../src/migrate/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

const corpus = process.env['ISOSIGMA_CORPUS'] ?? '../shared/corpus';
const folder = join(corpus, 'sigmahq/unsupported');

test.skipIf(!existsSync(folder))(
  "SigmaHQ's unsupported rules: all aggregations become correlations, or say why not (needs the corpus)",
  () => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.yml')) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      const outcome = migrate({ name: file, text });
      if (!outcome.ok) throw new Error(`${file} is no YAML`);
      for (const { code } of outcome.value.refused) count(code);
      if (outcome.value.migrated === 0) continue;
      count('migrated');
      for (const rule of resolve(parse([{ name: file, text: outcome.value.text }]))) {
        const lowered = rule.kind === 'broken' ? undefined : lower(rule);
        expect(lowered?.ok, `${file}\n${outcome.value.text}`).toBe(true);
      }
    }
    expect(Object.fromEntries(counts)).toEqual({
      migrated: 24,
      'migrate/collection': 1,
      'migrate/no-search': 1,
      'migrate/no-timeframe': 5,
    });
  },
);
