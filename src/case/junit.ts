/** What became of one case, as reports have it. */
export interface CaseResult {
  readonly rule: string;
  readonly file: string;
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly message?: string;
  /** From 1; absent for golden queries. */
  readonly line?: number;
}

/** The results as JUnit XML: a suite a file. */
export function printJunit(results: readonly CaseResult[]): string {
  const files = new Map<string, CaseResult[]>();
  for (const result of results) {
    files.set(result.file, [...(files.get(result.file) ?? []), result]);
  }
  const suites = [...files].map(([file, cases]) => {
    const failures = cases.filter(({ status }) => status === 'failed').length;
    const counts = `tests="${cases.length}" failures="${failures}"`;
    return `  <testsuite name="${escaped(file)}" ${counts}>\n${cases.map(testCase).join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function testCase({ rule, name, message }: CaseResult): string {
  const head = `    <testcase classname="${escaped(rule)}" name="${escaped(name)}"`;
  if (message === undefined) return `${head}/>\n`;
  return `${head}>\n      <failure message="${escaped(message)}"/>\n    </testcase>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML 1.0 has no form for other control characters. */
function escaped(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, ' ')
    .replace(/[&<>"]/g, (char) => entities[char]!)
    .replace(/[\n\r\t]/g, (char) => `&#${char.charCodeAt(0)};`);
}
