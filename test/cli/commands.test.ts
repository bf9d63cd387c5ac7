import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isosigma } from './run-cli.js';

test('a wrong call prints the help on standard error and exits with 2', () => {
  for (const args of [[], ['nonsense'], ['convert'], ['convert', 'rules', '--nonsense']]) {
    const { status, stdout, stderr } = isosigma(args);
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' });
    expect(stderr).toContain('isosigma');
  }
});

test('every command has help with examples', () => {
  const { stdout } = isosigma(['--help']);
  const names = [...stdout.matchAll(/^ {2}isosigma (\w+)/gm)].map(([, name]) => name!);
  expect(names).toEqual(expect.arrayContaining(['convert', 'check', 'evaluate', 'run', 'list']));
  for (const name of names) {
    const help = isosigma([name, '--help']);
    expect({ name, status: help.status, examples: help.stdout.includes('Examples:') }).toEqual({
      name,
      status: 0,
      examples: true,
    });
  }
});

test('check prints diagnostics with their places as JSON', () => {
  const text =
    'title: A\nlogsource: { category: test }\ndetection:\n  sel: { a: b }\n  condition: sell\n';
  const { status, stdout } = isosigma(['check', '-', '--format', 'json'], text);
  expect(status).toBe(1);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly unknown[] };
  expect(diagnostics).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'condition/unknown-selection',
        severity: 'error',
        file: '-',
        line: 5,
        column: 14,
        endLine: 5,
        endColumn: 18,
      }),
    ]),
  );
});

test('our own rules have no error and no warning, but for what the form of the past is told', () => {
  const { status, stdout } = isosigma(['check', 'rules', '--format', 'json']);
  expect(status).toBe(0);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: readonly { readonly severity: string; readonly file: string }[];
  };
  const warned = diagnostics.filter(({ severity }) => severity !== 'info').map(({ file }) => file);
  expect([...new Set(warned)]).toEqual(['rules/windows/hunting/qakbot_commands_in_a_month.yml']);
});

test('evaluate prints the matches of every rule and the alerts of those that are output', () => {
  const { status, stdout } = isosigma([
    'evaluate',
    'rules/windows/security',
    'rules/windows/correlation',
    '--events',
    'examples/logons.ndjson',
    '--format',
    'json',
  ]);
  expect(status).toBe(0);
  const { matches, alerts } = JSON.parse(stdout) as {
    matches: readonly { readonly event: number }[];
    alerts: readonly {
      readonly key: readonly string[];
      readonly at: number;
      readonly value: number;
    }[];
  };
  expect(matches.map(({ event }) => event).sort()).toEqual([0, 1, 2, 3, 4]);
  expect(alerts.map(({ key, at, value }) => ({ key, at, value }))).toEqual([
    { key: ['192.0.2.9', 'alice'], at: Date.parse('2026-01-15T10:01:00Z'), value: 2 },
  ]);
});

test('run prints rows, events or sequences', () => {
  const events = ['--events', 'examples/logons.ndjson', '--format', 'json'];
  const run = (language: string, query: string) => {
    const { status, stdout, stderr } = isosigma(['run', '-', '-l', language, ...events], query);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as unknown;
  };
  expect(run('kql', 'SecurityEvent | where EventID == 4625 | count')).toEqual({
    columns: [{ name: 'Count', type: 'long' }],
    rows: [[4]],
  });
  expect(run('eql', 'any where EventID == 4624')).toEqual({ events: [3] });
  expect(
    run('eql', 'sequence by IpAddress [any where EventID == 4625] [any where EventID == 4624]'),
  ).toEqual({
    sequences: [{ keys: ['192.0.2.9'], events: [2, 3] }],
  });
  expect(
    run(
      'esql',
      'FROM logs | WHERE EventID == 4625 | STATS n = COUNT(*) BY TargetUserName | SORT n DESC',
    ),
  ).toMatchObject({
    rows: [
      [3, 'alice'],
      [1, 'bob'],
    ],
  });
  expect(
    run('spl', 'EventID=4625 | stats count by TargetUserName | sort 0 TargetUserName'),
  ).toMatchObject({
    rows: [
      ['alice', 3],
      ['bob', 1],
    ],
  });
});

test('a column of a known table that no event fills is empty, and any other is an error', () => {
  const run = (column: string) =>
    isosigma(
      ['run', '-', '-l', 'kql', '--events', 'examples/logons.ndjson', '--format', 'json'],
      `SecurityEvent | where ${column} =~ "" | count`,
    );
  expect(JSON.parse(run('NewProcessName').stdout)).toMatchObject({ rows: [[5]] });
  expect(run('NewProcesName').stderr).toContain('NewProcesName');
});

test('a wrong query is told with its place', () => {
  const { status, stderr } = isosigma(
    ['run', '-', '-l', 'eql', '--events', 'examples/logons.ndjson'],
    'any where EventID == "\\d"',
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^-:1:\d+ error eql\//);
  expect(stderr).toContain('^');
});

test('migrate writes a correlation for an old aggregation', () => {
  const text = `title: Old
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  timeframe: 5m
  condition: selection | count() by TargetUserName > 9
`;
  const { status, stdout } = isosigma(['migrate', '-'], text);
  expect(status).toBe(0);
  expect(stdout).toContain('type: event_count');
  expect(stdout).toContain('timespan: 5m');
  const converted = isosigma(['convert', '-', '-b', 'kql'], stdout);
  expect(converted.stdout).toContain('prev(_t, 9)');
});

test('list has what there is', () => {
  expect(isosigma(['list', 'backends']).stdout).toMatch(/kql +Kusto KQL +verified +sentinel/);
  expect(isosigma(['list', 'modifiers']).stdout).toContain('base64offset');
  expect(isosigma(['list', 'pipelines']).stdout).toContain('defender-xdr');
  const { diagnostics } = JSON.parse(
    isosigma(['list', 'diagnostics', '--format', 'json']).stdout,
  ) as {
    diagnostics: readonly { readonly code: string }[];
  };
  expect(diagnostics.map(({ code }) => code)).toContain('plan/unsupported');
});

test('the commands of the README work as printed', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = [...readme.matchAll(/^(?:npm ci && )?npx isosigma (.+)$/gm)].map(
    ([, line]) => line!,
  );
  expect(lines.length).toBeGreaterThan(4);
  for (const line of lines) {
    const { status, stdout } = isosigma(line.split(' '));
    expect({ line, status: status! <= 1, empty: stdout === '' }).toEqual({
      line,
      status: true,
      empty: false,
    });
  }
});

test('a slip in the name of a command is none of the words behind it', () => {
  const { status, stdout, stderr } = isosigma(['convrt', 'test']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.match(/Did you mean convert\?|Unknown argument/g)).toEqual([
    'Did you mean convert?',
  ]);
  expect(isosigma(['-b', 'spl', 'convert', '-', '-p', 'plain'], 'title: x').status).toBe(1);
});

test.each([
  [
    'convert',
    ['--max-queries', 'abc'],
    '--max-queries takes a whole number from 1 to 10000, not abc.',
  ],
  ['convert', ['--max-queries', '0'], '--max-queries takes a whole number from 1 to 10000, not 0.'],
  [
    'convert',
    ['--max-queries', '1e3'],
    '--max-queries takes a whole number from 1 to 10000, not 1e3.',
  ],
  ['verify', ['--runs', '-1'], '--runs takes a whole number from 0 to 100000, not -1.'],
  [
    'verify',
    ['--runs', '1', '--runs', '2'],
    '--runs takes a whole number from 0 to 100000, not 1,2.',
  ],
  ['verify', ['--seed', 'x'], '--seed takes a whole number from 0 to 4294967295, not x.'],
  ['convert', ['--range', '0m'], '--range takes a number and a unit, as in 5m, 24h or 7d, not 0m.'],
  ['convert', ['--every', '5'], '--every takes a number and a unit, as in 5m, 24h or 7d, not 5.'],
  [
    'verify',
    ['--now', '9'.repeat(17)],
    `--now: ${'9'.repeat(17)} is no time; write RFC 3339 or epoch milliseconds`,
  ],
])('%s %j is a wrong call', (command, options, message) => {
  const rule = 'rules/windows/hunting/qakbot_commands_in_minutes.yml';
  const { status, stdout, stderr } = isosigma([command, rule, '-b', 'eql', ...options]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(message);
});

test('what the operating system refuses is told, and is no bug of ours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isosigma-host-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const rule = 'rules/windows/hunting/qakbot_commands_in_minutes.yml';
  const told = (args: readonly string[]) => {
    const { status, stderr } = isosigma(args);
    return [status, stderr.replaceAll(folder, '')];
  };
  expect(told(['convert', rule, '-b', 'esql', '-o', file])).toEqual([
    1,
    'error cli/refused-by-host: cannot go on with /file/esql: not a directory (ENOTDIR)\n',
  ]);
  expect(told(['check', join(file, 'rule.yml')])[1]).toContain(
    'error cli/cannot-read: cannot read /file/rule.yml: not a directory (ENOTDIR)\n',
  );
  expect(told(['evaluate', rule, '-e', folder])[1]).toContain(
    'error cli/cannot-read: cannot read : illegal operation on a directory (EISDIR)\n',
  );
  expect(told(['check', join(folder, 'none.yml')])[1]).toContain('error cli/no-such-file');
  rmSync(folder, { recursive: true });
});

test.runIf(existsSync('/dev/full'))('a full disk behind standard output is told', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = isosigma(['list', 'backends'], '', {}, full);
  closeSync(full);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'error cli/cannot-write: cannot write to standard output: no space left on device (ENOSPC)\n',
  );
});
