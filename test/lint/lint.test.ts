import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../../src/lint/index.js';
import { parse, resolve } from '../../src/syntax/index.js';

const head =
  'title: A Program Starts\nid: 5a8f2c6e-0f5b-4c1d-9a3e-7b1c2d3e4f50\nlogsource: { category: process_creation, product: windows }\n';

function lints(text: string, name = 'rules/some_rule.yml'): readonly string[] {
  return lint(resolve(parse([{ name, text }]))).map(({ code }) => code.slice('lint/'.length));
}

function ofItem(item: string): readonly string[] {
  return lints(`${head}detection:\n  selection:\n    ${item}\n  condition: selection\n`);
}

test.each([
  "CommandLine|contains: 'net view'",
  "CommandLine: ''",
  'CommandLine: powershell.exe',
  "CommandLine: 'net*view'\n    Other: x",
  "CommandLine|re: 'net (view|share)'",
  "ParentCommandLine: 'C:\\Windows\\System32\\svchost.exe -k netsvcs'",
  "Image: 'C:\\\\*\\run.exe'",
  "Image: '\\\\\\*\\IPC$'",
  "Image|endswith: '\\a.exe'",
  "Image: ['*a', 'b']",
  "Image: ['*a*b*']",
  "Image: '*'",
  'Image|contains|all: [a, b]',
  'Image|all: [a*, b*]',
  'Image|cased: [a, A]',
  "CommandLine|contains: '👩‍💻'",
  'CommandLine|contains: "\\u202e"',
  'Text|cased: A',
  'Image|contains: [net, share]',
  'Image|startswith: [net, shnet]',
  'Image|contains|cased: [net, NETSH]',
  "Image|contains: ['n*', 'net*sh']",
  'Image|re: [net, netsh]',
])('nothing is said of %s', (item) => {
  expect(
    ofItem(item).filter((code) => code !== 'cased-on-windows' || !item.includes('Image')),
  ).toEqual([]);
});

test.each([
  ["Image: ['*a', '*b']", ['wildcard-for-modifier']],
  ["Image|contains: 'a**b'", ['double-wildcard']],
  ["Image|endswith: '\\Temp\\*.exe'", ['escaped-wildcard']],
  ["Image: 'C:\\Users\\*\\run.exe'", ['escaped-wildcard']],
  ['Image|all: [a, b]', ['impossible-all']],
  ['CommandLine|contains: "a\u202eb"', ['control-character']],
  ['CommandLine|contains: "C:\\new"', ['control-character']],
  ["CommandLine: 'cmd.exe /c dir'", ['whole-command-line']],
  ["CommandLine: 'net-view'", ['glued-option']],
  ["CommandLine: '/all'", []],
  ["CommandLine: '+R +H'", ['whole-command-line', 'no-program']],
])('of %s is said %j', (item, expected) => {
  expect(ofItem(item)).toEqual(expected);
});

test.each([
  ['proc_creation_win_a.yml', []],
  ['a/b/c/mr_many_failed_logins.yml', []],
  ['-', []],
  ['short.yml', ['file-name']],
  ['Capital_Letters.yml', ['file-name']],
  ['with-hyphens-in.yml', ['file-name']],
  ['some_rule_file.yaml', ['file-name']],
])('of the file name %s is said %j', (name, expected) => {
  const text = `${head}detection: { selection: { A: x }, condition: selection }\n`;
  expect(lints(text, name)).toEqual(expected);
});

test.each([
  ['attack.t1059.001', []],
  ['attack.s0650', []],
  ['attack.command-and-control', []],
  ['car.2013-05-002', []],
  ['cve.2021-44228', []],
  ['d3fend.d3-pma', []],
  ['stp.3k', []],
  ['tlp.amber-strict', []],
  ['attack.t105', ['tag-value']],
  ['attack.command_and_control', ['tag-value']],
  ['cve.44228', ['tag-value']],
  ['custom.tag', ['tag-namespace']],
  ['constructor.tag', ['tag-namespace']],
  ['Attack.t1059', ['tag-format']],
])('of the tag %s is said %j', (tag, expected) => {
  const text = `${head}tags: ['${tag}']\ndetection: { selection: { A: x }, condition: selection }\n`;
  expect(lints(text)).toEqual(expected);
});

test('a filter that applies to several rules is linted once', () => {
  const rule = (name: string, id: string): string =>
    `${head.replace('A Program Starts', name).replace('5a8f', id)}name: ${name}\ndetection: { selection: { A: x }, condition: selection }\n---\n`;
  const filter = `${head.replace('5a8f', '7a8f').replace('A Program Starts', 'f')}filter: { rules: any, selection: { U: x }, condition: selection }\n`;
  expect(lints(rule('a', '1a8f') + rule('b', '2a8f') + filter)).toEqual(['filter-keeps']);
});

test('every defect of the form that the project grew from is found', () => {
  const path = 'rules/windows/hunting/qakbot_commands_in_a_month.yml';
  const found = lints(readFileSync(path, 'utf8'), path);
  expect(new Set(found)).toEqual(
    new Set([
      'cased-on-windows',
      'whole-command-line',
      'glued-option',
      'no-program',
      'twin-values',
      'case-of-host',
      'total-window',
      'run-day-dependent-range',
      'long-look-back',
      'empty-group',
      'column-hides-time',
    ]),
  );
});

test('broken rules are not linted, and lints stand in the order of the files', () => {
  const broken = `title: t\nlogsource: { category: x }\ndetection: { s: { A: [] }, condition: s }\n`;
  expect(lints(broken)).toEqual([]);
  const bare =
    'title: t\nlogsource: { category: x }\ndetection: { s: { A: x }, condition: 1 of them }\n';
  const found = lint(
    resolve(
      parse([
        { name: 'b_file_of_rules.yml', text: bare },
        { name: 'a_file_of_rules.yml', text: bare },
      ]),
    ),
  );
  expect(found.map(({ code, span }) => [span!.source.name[0], code])).toEqual([
    ['b', 'lint/missing-id'],
    ['b', 'lint/them-is-one'],
    ['a', 'lint/missing-id'],
    ['a', 'lint/not-unique'],
    ['a', 'lint/them-is-one'],
  ]);
});
