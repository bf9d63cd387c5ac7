import { expect, test } from 'vitest';
import {
  diagnostic,
  printGithub,
  printJson,
  printSarif,
  printText,
  type Diagnostic,
} from '../../src/diagnostics/index.js';

/** A diagnostic at the text between two `┆`. */
function marked(
  text: string,
  name = 'a.yml',
  extra: Pick<Diagnostic, 'help' | 'fix'> = {},
): Diagnostic {
  const [before, inside, after] = text.split('┆') as [string, string, string];
  const source = { name, text: before + inside + after };
  const span = { source, start: before.length, end: before.length + inside.length };
  return diagnostic('condition/unknown-selection', span, { name: inside }, extra);
}

function caretLine(problem: Diagnostic): readonly string[] {
  return printText([problem]).split('\n').slice(1, 3);
}

test('a report names the place and shows the line with a caret and the help', () => {
  const problem = marked('title: t\ncondition: ┆selecton┆ and x\n', 'rules/x.yml', {
    help: "did you mean 'selection'?",
  });
  expect(printText([problem])).toBe(
    [
      "rules/x.yml:2:12 error condition/unknown-selection: no selection is named 'selecton'",
      '    2 | condition: selecton and x',
      "      |            ^^^^^^^^ did you mean 'selection'?",
      '',
    ].join('\n'),
  );
});

test('without a place there is the message and the help', () => {
  const problem = diagnostic('cli/no-rules', undefined, { path: 'x' }, { help: 'look\nelsewhere' });
  expect(printText([problem])).toBe(
    'error cli/no-rules: no Sigma rule in x\n  look\n  elsewhere\n',
  );
});

test.each([
  ['the end of a line', 'a: b┆┆\nc', ['    1 | a: b', '      |     ^']],
  ['the end of the text', 'a: b\n┆┆', ['    2 |', '      | ^']],
  ['tabs', '\ta\t┆b┆', ['    1 |   a  b', '      |      ^']],
  ['wide characters', '日本 ┆漢字┆ x', ['    1 | 日本 漢字 x', '      |      ^^^^']],
  ['characters beyond 16 bits', '🤷 ┆x┆', ['    1 | 🤷 x', '      |    ^']],
  ['combining marks', 'e\u0301 ┆x┆', ['    1 | e\u0301 x', '      |   ^']],
  ['carriage returns', 'a ┆b┆\r\nc', ['    1 | a b', '      |   ^']],
  ['several lines', 'a: ┆b\n  c┆\n', ['    1 | a: b', '      |    ^']],
])('the caret stands right at %s', (_, text, expected) => {
  expect(caretLine(marked(text))).toEqual(expected);
});

test('a long line is cut around the place', () => {
  const [line, caret] = caretLine(marked(`${'x'.repeat(300)}┆here┆${'y'.repeat(300)}`));
  expect(line!.length).toBeLessThan(125);
  expect(line).toMatch(/^ {4}1 \| …x+herey+…$/);
  expect(caret!.indexOf('^')).toBe(line!.indexOf('here'));
  expect(caret).toMatch(/\| +\^{4}$/);
});

test('a place that is longer than a line can show is cut too', () => {
  const [line, caret] = caretLine(marked(`${'x'.repeat(300)}┆${'y'.repeat(900)}┆`));
  expect(line!.length).toBeLessThan(125);
  expect(caret!.length).toBeLessThan(125);
});

test('a report costs what it shows, not what the line holds', () => {
  const costOf = (length: number) => {
    const half = 'x'.repeat(length / 2);
    const problems = Array.from({ length: 20 }, () => marked(`${half}┆here┆${half}`));
    printText(problems.slice(0, 1));
    const start = performance.now();
    printText(problems);
    return performance.now() - start;
  };
  costOf(1000);
  // In proportion to the lines it would be a thousand times as much.
  expect(costOf(1_000_000)).toBeLessThan(50 * costOf(1000) + 50);
});

test('nothing that a rule holds reaches the terminal as a command', () => {
  const evil = '\u001b[2J\u202e\u009b31m\u0007\u200b';
  const problem = marked(`a${evil}: ┆${evil}┆`, `x${evil}.yml`, {
    help: `did you mean '${evil}'?`,
  });
  const text = printText([{ ...problem, related: [{ message: evil, span: problem.span! }] }]);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  expect(text).toContain('\\u001b[2J\\u202e');
});

test('colours are asked for by style, and text by default has none', () => {
  const text = printText([marked('┆a┆')], { colour: (style, part) => `<${style}>${part}</>` });
  expect(text).toContain('<error>error condition/unknown-selection</>');
  expect(text).toContain('<error>^</>');
});

test('related places are listed', () => {
  const problem = marked('a\n┆b┆');
  const span = { source: problem.span!.source, start: 0, end: 1 };
  expect(printText([{ ...problem, related: [{ message: 'see', span }] }])).toContain(
    '\n  a.yml:1:1 note: see\n',
  );
});

test('JSON has lines and columns from one, and an exclusive end', () => {
  const problems = [
    marked('a\n ┆bc┆', 'x.yml', { help: 'h' }),
    diagnostic('cli/no-rules', undefined, { path: 'p' }),
  ];
  expect(JSON.parse(printJson(problems))).toEqual({
    diagnostics: [
      {
        code: 'condition/unknown-selection',
        severity: 'error',
        message: "no selection is named 'bc'",
        file: 'x.yml',
        line: 2,
        column: 2,
        endLine: 2,
        endColumn: 4,
        help: 'h',
      },
      { code: 'cli/no-rules', severity: 'error', message: 'no Sigma rule in p' },
    ],
  });
});

test('SARIF has a rule for each code, and results that point to them', () => {
  const fixed = marked('a ┆b┆', 'my rules\\ü#1.yml', { help: 'h' });
  const fix = [{ span: fixed.span!, text: 'c' }];
  const log = JSON.parse(
    printSarif([diagnostic('lint/missing-id', undefined, {}), { ...fixed, fix }, fixed]),
  ) as { version: string; runs: [{ tool: object; results: unknown[] }] };
  expect(log.version).toBe('2.1.0');
  const [{ tool, results }] = log.runs;
  expect(tool).toMatchObject({
    driver: {
      name: 'isosigma',
      rules: [{ id: 'condition/unknown-selection' }, { id: 'lint/missing-id' }],
    },
  });
  const region = { startLine: 1, startColumn: 3, endLine: 1, endColumn: 4 };
  const artifactLocation = { uri: 'my%20rules/%C3%BC%231.yml' };
  expect(results).toMatchObject([
    { ruleId: 'lint/missing-id', ruleIndex: 1, level: 'note' },
    {
      ruleIndex: 0,
      level: 'error',
      message: { text: "no selection is named 'b'\nh" },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'c' } }] }] }],
    },
    { ruleIndex: 0 },
  ]);
});

test('annotations of GitHub escape what would end them', () => {
  const problem = marked('a ┆100%\n::x┆', 'a,b:c.yml', { help: 'h' });
  expect(printGithub([problem])).toBe(
    "::error file=a%2Cb%3Ac.yml,line=1,endLine=2,col=3,endColumn=4,title=condition/unknown-selection::no selection is named '100%25%0A::x'%0Ah\n",
  );
});
