import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { validate } from '../../src/bundled/certificate-schema.js';
import { backendIds } from '../../src/render/index.js';
import { isosigma } from './run-cli.js';

const rule = 'rules/windows/security/win_security_audit_log_cleared.yml';

test('a rule equals its query in every language', () => {
  const { status, stdout } = isosigma([
    'verify',
    rule,
    '-b',
    backendIds.join(),
    '--format',
    'json',
  ]);
  const { results } = JSON.parse(stdout) as {
    results: readonly {
      readonly backend: string;
      readonly verdict: string;
      readonly cases: number;
    }[];
  };
  expect(status).toBe(0);
  expect(results.map(({ backend, verdict }) => [backend, verdict]).sort()).toEqual(
    backendIds.map((id) => [id, 'equal']),
  );
  for (const { cases } of results) expect(cases).toBeGreaterThan(5);
});

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'isosigma-'));
}

test('a certificate file says what was shown, and from which seed it comes again', () => {
  const folder = temporary();
  isosigma(['verify', rule, '-b', 'kql', '--seed', '3', '--certificates', folder]);
  const file = join(folder, 'kql', 'win_security_audit_log_cleared.certificate.json');
  const certificate = JSON.parse(readFileSync(file, 'utf8')) as object;
  expect(validate(certificate)).toBe(true);
  expect(certificate).toMatchObject({
    verdict: 'equal',
    generated: { seed: 3 },
    versions: { language: 'KQL, read by @kusto/language-service-next 12.4.1' },
  });
  const { versions } = certificate as { readonly versions: { readonly pipelines: object } };
  expect(Object.keys(versions.pipelines)).toEqual(['sentinel']);
});

test("somebody else's query is judged, and shown where it differs", () => {
  const query = join(temporary(), 'mine.kql');
  writeFileSync(query, 'SecurityEvent | where EventID == 1102');
  const args = ['verify', rule, '--against', query, '-l', 'kql', '--format', 'json'];
  const { status, stdout } = isosigma(args);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    results: [{ verdict: 'diverges', counterexample: { statement: 'rendering' } }],
  });
});

test('beside a wrong query stands the right one, and a query that does not run is shown its place', () => {
  const query = join(temporary(), 'mine.kql');
  const judged = (text: string) => {
    writeFileSync(query, text);
    return isosigma(['verify', rule, '--against', query, '-l', 'kql']).stdout;
  };
  const [, own] = judged('SecurityEvent | where EventID == 1102').split("Isosigma's own query:\n");
  expect(own).toBe(`SecurityEvent\n| where Channel == "Security"\n| where EventID == 1102\n`);
  expect(judged('SecurityEvent\n| where EventID in (1102')).toContain('2:25 Expected: )');
});

test('a query without its language is a wrong call', () => {
  expect(isosigma(['verify', rule, '--against', 'x.kql']).status).toBe(2);
});

test('the cases beside our rules pass, in JSON and as JUnit', () => {
  const { status, stdout } = isosigma(['test', 'rules', '--format', 'json']);
  expect(status).toBe(0);
  const { passed, failed, cases } = JSON.parse(stdout) as Record<string, unknown>;
  expect({ passed, failed }).toEqual({ passed: (cases as unknown[]).length, failed: 0 });
  expect(isosigma(['test', 'rules', '--format', 'junit']).stdout).toMatch(/^<\?xml/);
});

test('golden queries are missed under CI, written by --update, and then hold', () => {
  const folder = temporary();
  cpSync(rule, join(folder, 'cleared.yml'));
  const args = ['test', folder, '-b', 'kql'];
  const here = (...more: readonly string[]) => isosigma([...args, ...more], '', { CI: '1' });
  expect(here()).toMatchObject({ status: 1 });
  expect(here('--update').stderr).toContain('+SecurityEvent');
  expect(here()).toMatchObject({ status: 0, stdout: '1 passed, 0 failed\n' });
  expect(isosigma(['test', folder], '', { CI: '' }).stdout).toBe('1 passed, 0 failed\n');
  writeFileSync(join(folder, 'cleared.queries', 'kql.sentinel.kql'), 'other\n');
  expect(here()).toMatchObject({ status: 1, stdout: '0 passed, 1 failed\n' });
  const { stdout } = here('--format', 'junit');
  expect(stdout).toContain('name="golden query">\n      <failure message="');
});

test('a rule that is refused has its reasons for a golden query', () => {
  const folder = temporary();
  cpSync('test/diagnostics/condition.unknown-selection/input.yml', join(folder, 'broken.yml'));
  isosigma(['test', folder, '-b', 'eql', '--update']);
  const golden = readFileSync(join(folder, 'broken.queries', 'eql.refused.eql'), 'utf8');
  expect(golden).toBe('// refused: condition/unknown-selection\n');
});

test('--update removes the golden query that it replaces, shows it, and leaves other files', () => {
  const folder = temporary();
  const file = join(folder, 'mine.yml');
  const queries = join(folder, 'mine.queries');
  const broken = 'test/diagnostics/condition.unknown-selection/input.yml';
  const update = () => isosigma(['test', folder, '-b', 'eql', '--update']);
  const others = ['eql.refused.txt', 'eql.site.eql', 'kql.refused.kql', 'notes.eql'];
  cpSync(broken, file);
  update();
  for (const name of others) writeFileSync(join(queries, name), 'mine\n');
  expect(readdirSync(queries).sort()).toEqual(['eql.refused.eql', ...others].sort());
  cpSync(rule, file);
  isosigma(['test', folder, '-b', 'eql']);
  expect(readdirSync(queries)).toContain('eql.refused.eql');
  const { stderr } = update();
  expect(stderr).toMatch(
    /^--- .*eql\.refused\.eql\tgolden\n\+\+\+ .*eql\.ecs-windows\.eql\ttoday$/m,
  );
  expect(stderr).toContain('\n-// refused: condition/unknown-selection\n');
  expect(readdirSync(queries).sort()).toEqual(['eql.ecs-windows.eql', ...others].sort());
  cpSync(broken, file);
  expect(update().stderr).toContain('\n+// refused: condition/unknown-selection\n');
  expect(readdirSync(queries).sort()).toEqual(['eql.refused.eql', ...others].sort());
});

test('a golden query of another rule of the file is not removed', () => {
  const folder = temporary();
  const file = join(folder, 'two.yml');
  const broken = readFileSync('test/diagnostics/condition.unknown-selection/input.yml', 'utf8');
  const sound = readFileSync(rule, 'utf8');
  const update = () => isosigma(['test', folder, '-b', 'eql', '--update']);
  writeFileSync(file, `${sound}---\n${broken}`);
  update();
  const queries = join(folder, 'two.queries');
  expect(readdirSync(queries).sort()).toEqual(['eql.ecs-windows.eql', 'eql.refused.eql']);
  writeFileSync(file, `${sound}---\n${sound.replace(/^id: .*$/m, '').replace(/^name: .*$/m, '')}`);
  update();
  expect(readdirSync(queries).sort()).toEqual(['eql.ecs-windows-2.eql', 'eql.ecs-windows.eql']);
});

test('explain says of each test whether it holds', () => {
  const { stdout } = isosigma(
    ['explain', rule, '-e', '-'],
    '{"EventID":1102,"Channel":"Security"}',
  );
  expect(stdout).toMatch(/^event 0 (matches|does not match)/);
  expect(stdout).toMatch(/yes|no /);
});
