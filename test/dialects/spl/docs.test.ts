import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../../src/dialects/spl/commands/index.js';
import { functions } from '../../../src/dialects/spl/functions/index.js';

const page = readFileSync(new URL('../../../docs/dialects/spl.md', import.meta.url), 'utf8');

/** The words in back quotes after a label, aliases in parentheses included. */
function listed(label: string): readonly string[] {
  const [, list] = new RegExp(`^- ${label}: \`([^\`]*)\``, 'm').exec(page)!;
  return list!
    .split(/[\s()]+/)
    .filter((word) => word !== '')
    .toSorted();
}

test('the page names every command', () => {
  expect(listed('Commands')).toEqual([...commands.keys()].toSorted());
});

test('the page names every function', () => {
  expect(listed('Functions')).toEqual([...functions.keys()].toSorted());
});
