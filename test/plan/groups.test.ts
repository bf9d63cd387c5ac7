import { expect, test } from 'vitest';
import type { Target } from '../../src/ir/index.js';
import { everything, not, or, and, regex, text } from '../support/ir.js';
import { planned } from '../support/planned.js';

const model: Partial<Target> = {
  table: 'Endpoint.Processes',
  timeField: '_time',
  groups: { columns: ['Processes.dest'], missing: 'unknown' },
};
const head = '| tstats summariesonly=false fillnull_value="unknown" count from datamodel=';

test('a data model is asked for groups, by its own columns and by those that are tested', async () => {
  const { query, certificate, assumptions } = await planned(
    text('Processes.process', ['x']),
    'spl',
    model,
  );
  expect(query).toBe(
    `${head}Endpoint.Processes\n    where Processes.process="x"\n    by _time span=1s Processes.dest Processes.process`,
  );
  expect(certificate).toBe('EXACT');
  expect(assumptions).toContain('splunk-tstats');
});

test('what tstats cannot say is said of the groups', async () => {
  const predicate = and(text('P.a', ['x']), regex('P.b', 'y+'));
  const { query, certificate } = await planned(predicate, 'spl', model);
  expect(query).toBe(
    `${head}Endpoint.Processes\n    where P.a="x"\n    by _time span=1s Processes.dest P.a P.b\n| where match('P.b', "y+")`,
  );
  expect(certificate).toBe('EXACT/scalar');
});

test('a negation over both keeps its meaning by a computed column', async () => {
  const predicate = not(or(text('P.a', ['x']), regex('P.b', 'y+')));
  const { query } = await planned(predicate, 'spl', model);
  expect(query.split('\n')).toEqual([
    `${head}Endpoint.Processes`,
    '    by _time span=1s Processes.dest P.a P.b',
    `| eval sigma_1=if(isnotnull('P.b') AND match('P.b', "y+"), 1, 0)`,
    '| search NOT (P.a="x" OR sigma_1=1)',
  ]);
});

test('without a word for missing values an event that lacks a column is in no group', async () => {
  const { query, certificate } = await planned(text('P.a', ['x']), 'spl', {
    ...model,
    groups: { columns: ['P.dest'] },
  });
  expect(query).toContain('| tstats summariesonly=false count from');
  expect(certificate).toBe('EXACT/no-missing');
});

test('how far back the events lie is asked of the model, as the groups know only the second', async () => {
  const { query } = await planned(text('P.a', ['x']), 'spl', model, {
    allow: [],
    maxQueries: 24,
    range: 86_400_000,
  });
  expect(query).toContain('    where P.a="x" earliest=-1d\n    by _time');
  const all = await planned(everything, 'spl', model, { allow: [], maxQueries: 24, range: 60_000 });
  expect(all.query).toContain('Endpoint.Processes\n    where earliest=-1m\n    by _time');
});

test('a language without such tables refuses them', async () => {
  for (const id of ['kql', 'eql', 'esql'] as const) {
    const { messages } = await planned(text('a', ['x']), id, { ...model, table: 'Events' });
    expect(messages.join()).toContain('plan/no-groups');
  }
});
