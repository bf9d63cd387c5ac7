import { expect, test } from 'vitest';
import { checkPipeline } from '../../src/pipeline/index.js';
import { mapped, pipeline, problemsOf, rule, shipped } from './rules.js';

/** The problems of a pipeline beside `sentinel`, with the text that they point at. */
async function problems(target: string, more = ''): Promise<readonly string[]> {
  const mine = pipeline(`${more}
sources:
  - logsource: { product: windows, category: process_creation }
    targets: [${target}]
`);
  return checkPipeline(mine, await shipped('kql', 'sentinel')).map(
    ({ code, span, help }) =>
      `${code} @ ${span?.source.text.slice(span.start, span.end) ?? ''}${help === undefined ? '' : ` (${help})`}`,
  );
}

test('a column that the table of another pipeline does not have is an error with the nearest', async () => {
  expect(await problems('{ table: DeviceProcessEvents, fields: { Image: FolderPaht } }')).toEqual([
    'pipeline/unknown-column @ FolderPaht (did you mean FolderPath?)',
  ]);
  expect(
    await problems(
      '{ table: DeviceProcessEvents, fields: { User: { user: { domain: AccountDomain, name: Nobody } } } }',
    ),
  ).toHaveLength(1);
});

test('a mapping for all targets needs a table that has its column, and is left out elsewhere', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  const mine = (fields: string, more = ''): ReturnType<typeof pipeline> =>
    pipeline(`priority: 60
${more}
sources:
  - logsource: { product: windows, category: process_creation }
    fields: ${fields}
`);
  const codes = (of: ReturnType<typeof pipeline>): readonly string[] =>
    checkPipeline(of, sentinel).map(({ code }) => code);
  expect(codes(mine('{ Image: FolderPaht }'))).toEqual(['pipeline/unknown-column']);
  expect(codes(mine('{ Image: { column: FolderPath, type: integer } }'))).toEqual([
    'pipeline/wrong-type',
  ]);
  const site = mine('{ Site: Site_s }', 'tables: { DeviceProcessEvents: { string: [Site_s] } }');
  expect(codes(site)).toEqual([]);
  const of = rule('selection:\n  Site: x');
  expect(mapped(of, [...sentinel, site])).toBe("Site_s = 'x'");
  expect(mapped(of, [...sentinel, site], { vars: { windows: 'event' } })).toContain(
    'the field “Site” is not in Event',
  );
});

test('a name that a transformation gives must be a column, or a field that the target lists', async () => {
  const sentinel = await shipped('kql', 'sentinel');
  const renamed = (to: string): string =>
    mapped(rule('selection:\n  Program: x'), [
      ...sentinel,
      pipeline(`transformations: [{ type: field_name_mapping, mapping: { Program: ${to} } }]`),
    ]);
  expect(renamed('FileName')).toBe("FileName = 'x'");
  expect(renamed('Image')).toBe("FolderPath = 'x'");
  expect(renamed('Nowhere')).toContain('pipeline/no-target');
});

test('columns of its own are told by the pipeline, and a table that nobody knows is not checked', async () => {
  const tables = 'tables: { DeviceProcessEvents: { string: [Site_s] } }';
  const target = '{ table: DeviceProcessEvents, fields: { Image: FolderPath, Site: Site_s } }';
  expect(await problems(target, tables)).toEqual([]);
  expect(await problems('{ table: Mine_CL, fields: { Image: Anything } }')).toEqual([]);
});

test('a type that the column does not have is an error', async () => {
  expect(
    await problems(
      '{ table: DeviceProcessEvents, fields: { Image: { column: FolderPath, type: integer } } }',
    ),
  ).toEqual(['pipeline/wrong-type @ { column: FolderPath, type: integer']);
});

test('a scope with a value that its column cannot hold is an error', async () => {
  expect(await problems('{ table: DeviceProcessEvents, scope: { ProcessId: [4, x] } }')).toEqual([
    'pipeline/value-of-other-type @ [4, x',
  ]);
});

test('conditions of a scope that exclude each other are an error, patterns and variables are not', async () => {
  const scope = (first: string, second: string) =>
    `{ table: DeviceProcessEvents, scope: { ActionType: ${first}, again: { column: ActionType, is: ${second} } } }`;
  expect(await problems(scope('ProcessCreated', 'Other'))).toEqual([
    'pipeline/contradictory-scope @ { column: ActionType, is: Other',
  ]);
  expect(await problems(scope('[A, B]', '[B, C]'))).toEqual([]);
  expect(await problems(scope('ProcessCreated', "'Process*'"))).toEqual([]);
  expect(await problems(scope('ProcessCreated', "'{action}'"))).toEqual([]);
});

test('a scope that asks for a value and excludes it is an error', async () => {
  const scope = (asked: string, excluded: string) =>
    `{ table: DeviceProcessEvents, scope: { ActionType: ${asked}, again: { column: ActionType, not: ${excluded} } } }`;
  expect(await problems(scope('A', '[A, B]'))).toHaveLength(1);
  expect(await problems(scope('[A, B]', 'A'))).toEqual([]);
  expect(await problems(scope('{ not: A }', 'A'))).toEqual([]);
});

test('every shipped pipeline for KQL passes the same check', async () => {
  for (const id of ['sentinel', 'defender-xdr', 'asim']) {
    const [own] = await shipped('kql', id);
    expect(checkPipeline(own!, []).map(({ message }) => message)).toEqual([]);
  }
});

test('a file that could not do what it says is an error with its place', () => {
  const target = (text: string): string =>
    `sources: [{ logsource: { product: x }, targets: [{ table: A, ${text} }] }]`;
  expect(problemsOf('priority: high')).toEqual(['pipeline/wrong-kind @ high']);
  expect(problemsOf('backends: [kqll]')).toEqual([
    'pipeline/unknown-backend @ kqll (there are eql, esql, dsl, kql, spl)',
  ]);
  expect(problemsOf(target('scope: []'))).toEqual(['pipeline/wrong-kind @ [']);
  expect(problemsOf(target('scope: { A: [] }'))).toEqual(['pipeline/wrong-kind @ [']);
  expect(
    problemsOf(target('fields: { F: { column: A, form: within, values: { a: b } } }')),
  ).toEqual(['pipeline/wrong-kind @ within']);
  expect(
    problemsOf(
      `paths: { A: { format: xml, expression: f } }\n${target('fields: { F: A/User/F }')}`,
    ),
  ).toEqual(['pipeline/wrong-kind @ A/User/F']);
  expect(
    problemsOf('sources:\n  - logsource: { product: x }\n  - logsource: { product: x }\n'),
  ).toEqual([expect.stringContaining('pipeline/log-source-twice @ logsource:')]);
});
