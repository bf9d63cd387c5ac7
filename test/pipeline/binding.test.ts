import { expect, test } from 'vitest';
import { readSources } from '../../src/node/read-sources.js';
import { bind } from './bind.js';

test.each(['sentinel', 'defender-xdr'])(
  'every query of our rules binds to the tables of %s',
  async (id) => {
    const { sources } = await readSources(['rules']);
    const { count, problems } = await bind(id, sources);
    expect(problems).toEqual([]);
    expect(count).toBeGreaterThan(30);
  },
);
