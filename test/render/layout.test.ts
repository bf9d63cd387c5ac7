import { expect, test } from 'vitest';
import { backendIds } from '../../src/render/index.js';
import { or, text } from '../support/ir.js';
import { planned } from '../support/planned.js';

const long = `${'x'.repeat(60)}\u2028\u2029\u0085y`;

test.each(backendIds)('%s sets in lines, and nothing inside of a value', async (id) => {
  const both = or(text('f', [long]), text('f', [`other ${long}`]));
  const { query } = await planned(both, id);
  expect(query.split('\n').length).toBeGreaterThan(2);
  // Separators stand as they are, or as escapes: nothing comes between them.
  expect(query).toMatch(/x{60}(?:\u2028\u2029\u0085|[^\s]+)y/u);
});
