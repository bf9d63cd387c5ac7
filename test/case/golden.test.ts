import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isosigma } from '../cli/run-cli.js';

// rules/**/<rule>.queries hold what our own rules look like in every language. A change is looked at, and
// taken with: npx isosigma test rules -b kql,spl,eql,esql --update

interface Report {
  readonly cases: readonly { readonly file: string; readonly name: string }[];
}

test('the queries of our rules are the golden ones, none missing and none left over', () => {
  const args = ['test', 'rules', '-b', 'kql,spl,eql,esql', '--format', 'json'];
  const { status, stdout, stderr } = isosigma(args, '', { CI: 'true' });
  expect(status, stderr).toBe(0);
  const { cases } = JSON.parse(stdout) as Report;
  const tested = cases.flatMap(({ file, name }) => (name === 'golden query' ? [file] : []));
  const files = readdirSync('rules', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.queries[\\/]/.test(file))
    .map((file) => `rules/${file.replaceAll('\\', '/')}`);
  expect(tested.toSorted()).toEqual(files.toSorted());
});
