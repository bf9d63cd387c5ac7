import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { isosigma } from './run-cli.js';

// schema/results/<command>.schema.json says what a command prints with --format json. The fields are
// closed, so that a new one is a change of the schema as well.

const folder = 'schema/results';
const suffix = '.schema.json';
const schemas = readdirSync(folder).map(
  (file) => [file, JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as object] as const,
);
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
for (const [, schema] of schemas) ajv.addSchema(schema);

const broken = 'test/diagnostics/condition.unknown-selection/input.yml';
const correlations = 'test/diagnostics/plan.columns-left-out/input.yml';
const failures = 'rules/windows/security/win_security_failed_logon.yml';
const events = ['--events', 'examples/logons.ndjson'];
const timed = [...events, '--time-field', 'TimeGenerated'];

const temporary = mkdtempSync(join(tmpdir(), 'isosigma-'));
cpSync(failures, written('rule.yml', ''));
written('rule.test.yml', 'match: [{ EventID: 1 }]\n');

function written(name: string, text: string): string {
  const file = join(temporary, name);
  writeFileSync(file, text);
  return file;
}

/** Calls that between them print every part of a result. */
const calls: Readonly<Record<string, readonly (readonly string[])[]>> = {
  check: [['rules', broken]],
  convert: [
    ['rules', '--every', '5m'],
    ['rules/windows/hunting', '--allow', 'union'],
    [broken],
    [correlations, '-p', 'plain', '--unscoped'],
  ],
  evaluate: [
    ['rules/windows/security', ...events],
    ['rules/windows/hunting', ...events],
    [correlations, ...events],
  ],
  explain: [[failures, ...events]],
  verify: [
    ['rules/windows/correlation', broken],
    [failures, '--against', 'examples/failed-logons.kql', '--language', 'kql'],
  ],
  test: [['rules'], [join(temporary, 'rule.yml')]],
  run: [
    ['examples/failed-logons.kql', '--language', 'kql', ...events],
    [written('any.eql', 'any where EventID == 4625'), '--language', 'eql', ...timed],
    [
      written('two.eql', `sequence by Computer ${'[any where true]'.repeat(2)}`),
      '--language',
      'eql',
      ...timed,
    ],
    [written('first.spl', 'EventID=4625 | head 1 | table Computer'), '--language', 'spl', ...timed],
    [written('first.esql', 'FROM logs | LIMIT 1'), '--language', 'esql', ...timed],
  ],
  migrate: [['test/diagnostics/condition.aggregation/input.yml'], [broken]],
};

test.each(Object.entries(calls))('%s prints what its schema says', (command, all) => {
  const validate = ajv.getSchema(`https://isosigma.dev/schema/results/${command}${suffix}`)!;
  for (const args of all) {
    const { stdout, stderr } = isosigma([command, ...args, '--format', 'json']);
    expect(stdout, stderr).not.toBe('');
    void validate(JSON.parse(stdout));
    expect(validate.errors, args.join(' ')).toBeNull();
  }
});

test('every schema of a result is tried', () => {
  const commands = schemas.map(([file]) => file.slice(0, -suffix.length));
  expect(commands.sort()).toEqual(Object.keys(calls).sort());
});
