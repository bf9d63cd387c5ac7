import { expect, test } from 'vitest';
import { placeholderFiles, placeholders, transform } from '../../src/pipeline/index.js';
import type { DetectionRule } from '../../src/ir/index.js';
import { mapped, pipeline, problemsOf, rule, show, targetOf } from './rules.js';

/** A pipeline of our own, behind one that keeps every name. */
const plain = pipeline(`
priority: 90
sources:
  - logsource: {}
    targets: [{ table: Events, others: '{field}', keywords: raw }]
`);
const with_ = (transformations: string) => [
  pipeline(`transformations:\n${transformations}`),
  plain,
];

const selection = `selection:
  Image: a.exe
  CommandLine|contains: b`;

test('field_name_mapping renames, and several names are alternatives', () => {
  const mapping = with_(`
  - type: field_name_mapping
    mapping: { Image: process.path, CommandLine: [command, arguments] }`);
  expect(mapped(rule(selection), mapping)).toBe(
    `(process.path = 'a.exe' and (command = '*b*' or arguments = '*b*'))`,
  );
  expect(mapped(rule('selection:\n  CommandLine: null'), mapping)).toBe(
    '(command is null and arguments is null)',
  );
});

test('one-to-many under a negation holds if no alternative does', () => {
  const mapping = with_(`
  - type: field_name_mapping
    mapping: { Image: [a, b] }`);
  expect(mapped(rule('selection:\n  Image: x', undefined, 'not selection'), mapping)).toBe(
    `not (a = 'x' or b = 'x')`,
  );
});

test('the right side of a fieldref is renamed too', () => {
  const mapping = with_(`
  - type: field_name_mapping
    mapping: { Image: a, ParentImage: b }`);
  expect(mapped(rule('selection:\n  Image|fieldref: ParentImage'), mapping)).toBe('a equals b');
});

test('prefixes of fields are exchanged', () => {
  const mapping = with_(`
  - type: field_name_prefix_mapping
    mapping: { Parent: 'process.parent.' }`);
  expect(mapped(rule('selection:\n  ParentImage: x\n  Image: y'), mapping)).toBe(
    `(process.parent.Image = 'x' and Image = 'y')`,
  );
});

test('a prefix and a suffix go to the fields that the conditions choose', () => {
  const mapping = with_(`
  - type: field_name_prefix
    prefix: win.
    field_name_conditions: [{ type: include_fields, fields: [Image] }]
  - type: field_name_suffix
    suffix: .text
    field_name_conditions: [{ type: exclude_fields, fields: [win.Image] }]`);
  expect(mapped(rule(selection), mapping)).toBe(
    `(win.Image = 'a.exe' and CommandLine.text = '*b*')`,
  );
});

test('a dropped line in an AND leaves the rest, and the result is a superset', () => {
  const drop = with_(`
  - type: drop_detection_item
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  expect(mapped(rule(selection), drop)).toBe(`CommandLine = '*b*'`);
  expect(targetOf(rule(selection), drop).mapping).toBe('superset');
});

test('a dropped line with several values goes as a whole', () => {
  const drop = with_(`
  - type: drop_detection_item
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  expect(mapped(rule('selection:\n  Image: [a, b]\n  CommandLine: c'), drop)).toBe(
    `CommandLine = 'c'`,
  );
});

test('dropping is refused under NOT, in an OR and for the last line', () => {
  const drop = with_(`
  - type: drop_detection_item
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  const where = (selection: string, condition?: string): string =>
    mapped(rule(selection, undefined, condition), drop);
  expect(where(selection, 'not selection')).toBe(
    'pipeline/drop-changes-logic: the pipeline drops “Image” under a negation',
  );
  expect(where('selection:\n  - Image: x\n  - CommandLine: y')).toBe(
    'pipeline/drop-changes-logic: the pipeline drops “Image” beside its alternatives',
  );
  expect(where('selection:\n  Image: x')).toBe(
    'pipeline/drop-changes-logic: the pipeline drops “Image” as the last line',
  );
});

test('added conditions are the scope, in the terms of the rule', () => {
  const added = [
    pipeline(`
transformations:
  - type: add_condition
    conditions: { index: main, EventID: [1, 4688], source: $product-$category }
    template: true
  - type: field_name_mapping
    mapping: { EventID: EventCode }
`),
    plain,
  ];
  expect(show(targetOf(rule(selection), added).scope)).toBe(
    `(index = 'main' and (EventCode = 1 or EventCode = 4688) and source = 'windows-process_creation')`,
  );
});

test('a negated condition is the complement', () => {
  const added = with_(`
  - type: add_condition
    conditions: { a: 1, b: 'x*' }
    negated: true`);
  expect(show(targetOf(rule(selection), added).scope)).toBe(`not (a = 1 and b = 'x*')`);
});

test('added conditions make a log source known that no source names', () => {
  const only = [
    pipeline('transformations: [{ type: add_condition, conditions: { index: main } }]'),
  ];
  expect(targetOf(rule(selection), only).unscoped).toBe(false);
});

test('a changed log source is looked up in its place', () => {
  const change = [
    pipeline(`
transformations:
  - type: change_logsource
    product: windows
    service: sysmon
    rule_conditions: [{ type: logsource, category: process_creation }]
sources:
  - logsource: { product: windows, service: sysmon }
    targets: [{ table: Sysmon, others: '{field}' }]
`),
  ];
  expect(targetOf(rule(selection), change).table).toBe('Sysmon');
});

test('set_state names the table, and conditions can ask for it', () => {
  const stateful = [
    pipeline(`
transformations:
  - { type: set_state, key: query_table, val: MyTable }
  - type: field_name_mapping
    mapping: { Image: path }
    rule_conditions: [{ type: processing_state, key: query_table, val: MyTable }]
  - type: field_name_mapping
    mapping: { CommandLine: never }
    rule_conditions: [{ type: processing_state, key: query_table, val: Other }]
`),
  ];
  expect(mapped(rule(selection), stateful)).toBe(`(path = 'a.exe' and CommandLine = '*b*')`);
  expect(targetOf(rule(selection), stateful).table).toBe('MyTable');
});

test('replace_string works on the text between wildcards, with groups', () => {
  const replace = with_(`
  - type: replace_string
    regex: '^(a)\\.exe$'
    replacement: '\\1.com'
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  expect(mapped(rule(selection), replace)).toBe(`(Image = 'a.com' and CommandLine = '*b*')`);
  expect(targetOf(rule(selection), replace).mapping).toBe('changed');
});

test('replace_string keeps a wildcard behind a backslash a wildcard', () => {
  const replace = with_(`
  - { type: replace_string, regex: '^HKLM', replacement: HKEY_LOCAL_MACHINE }`);
  expect(mapped(rule(`selection:\n  Image|startswith: 'HKLM\\x\\'`), replace)).toBe(
    `Image = 'HKEY_LOCAL_MACHINE\\x\\*'`,
  );
});

test('replace_string inside a value with wildcards is refused', () => {
  const replace = with_(`
  - { type: replace_string, regex: a, replacement: b }`);
  expect(mapped(rule(`selection:\n  Image: 'a*a'`), replace)).toContain(
    'pipeline/value-transformation',
  );
});

test('map_string maps whole values, also to several', () => {
  const map = with_(`
  - { type: map_string, mapping: { a.exe: [x.exe, 'y*'] } }`);
  expect(mapped(rule(selection), map)).toBe(
    `((Image = 'x.exe' or Image = 'y*') and CommandLine = '*b*')`,
  );
});

test('set_value puts its value in the place of the test', () => {
  const set = with_(`
  - type: set_value
    value: 5
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  expect(mapped(rule(selection), set)).toBe(`(Image = 5 and CommandLine = '*b*')`);
});

test('match_string, is_null and contains_wildcard choose detection items', () => {
  const set = (condition: string) =>
    with_(`
  - type: set_value
    value: hit
    detection_item_conditions: [${condition}]`);
  const rules = rule(`selection:\n  Image: a.exe\n  CommandLine: null\n  User: 'x*'`);
  expect(mapped(rules, set(`{ type: match_string, cond: any, pattern: '^a' }`))).toBe(
    `(Image = 'hit' and CommandLine is null and User = 'x*')`,
  );
  expect(mapped(rules, set('{ type: is_null, cond: all }'))).toBe(
    `(Image = 'a.exe' and CommandLine = 'hit' and User = 'x*')`,
  );
  expect(mapped(rules, set('{ type: contains_wildcard, cond: any }'))).toBe(
    `(Image = 'a.exe' and CommandLine is null and User = 'hit')`,
  );
});

test('a rule failure refuses the rule, a detection item failure points at the item', () => {
  const failing = (type: string) =>
    with_(`
  - type: ${type}
    message: not here
    field_name_conditions: [{ type: include_fields, fields: [Image] }]`);
  expect(mapped(rule(selection), failing('rule_failure'))).toBe(
    'pipeline/rule-failure: the pipeline refuses the rule: not here',
  );
  const outcome = transform(rule(selection), failing('detection_item_failure'), {
    backend: 'kql',
    vars: new Map(),
    unscoped: false,
  });
  const span = outcome.diagnostics[0]!.span!;
  expect(span.source.text.slice(span.start, span.end)).toContain('a.exe');
  expect(mapped(rule('selection:\n  User: x'), failing('detection_item_failure'))).toBe(
    `User = 'x'`,
  );
});

test('strict mapping refuses a field that no mapping named', () => {
  const strict = with_(`
  - { type: field_name_mapping, mapping: { Image: path } }
  - { type: strict_field_mapping_failure }`);
  expect(mapped(rule(selection), strict)).toBe(
    'pipeline/strict-mapping: no field mapping of the pipeline names “CommandLine”',
  );
});

test('nested transformations share the condition of the nest', () => {
  const nest = with_(`
  - type: nest
    items:
      - { type: field_name_mapping, mapping: { Image: path } }
    rule_conditions: [{ type: tag, tag: attack.t1000 }]`);
  expect(mapped(rule(selection), nest)).toBe(`(Image = 'a.exe' and CommandLine = '*b*')`);
});

test('rule conditions ask for items, fields, attributes and kinds of rule', () => {
  const renamed = (condition: string): boolean =>
    mapped(
      rule(selection),
      with_(`
  - type: field_name_mapping
    mapping: { Image: path }
    rule_conditions: [${condition}]`),
    ).includes('path');
  expect(renamed('{ type: contains_detection_item, field: Image, value: a.exe }')).toBe(true);
  expect(renamed('{ type: contains_detection_item, field: Image, value: b.exe }')).toBe(false);
  expect(renamed('{ type: contains_field, field: CommandLine }')).toBe(true);
  expect(renamed('{ type: contains_field, field: User }')).toBe(false);
  expect(renamed('{ type: is_sigma_rule }')).toBe(true);
  expect(renamed('{ type: is_sigma_correlation_rule }')).toBe(false);
  expect(renamed('{ type: rule_attribute, attribute: title, value: A rule }')).toBe(true);
  expect(renamed('{ type: rule_attribute, attribute: title, value: B }')).toBe(false);
  expect(renamed('{ type: logsource, product: linux }')).toBe(false);
});

test('conditions are linked by op, not and expression', () => {
  const renamed = (links: string): boolean =>
    mapped(
      rule(selection),
      with_(`
  - type: field_name_mapping
    mapping: { Image: path }
    rule_conditions:
      yes: { type: logsource, product: windows }
      no: { type: logsource, product: linux }
    ${links}`),
    ).includes('path');
  expect(renamed('')).toBe(false);
  expect(renamed('rule_cond_op: or')).toBe(true);
  expect(renamed('rule_cond_not: true')).toBe(true);
  expect(renamed('rule_cond_expr: yes and not no')).toBe(true);
  expect(renamed('rule_cond_expr: not (yes or no)')).toBe(false);
});

test('an applied transformation is known by its id', () => {
  const applied = with_(`
  - { id: first, type: field_name_mapping, mapping: { Image: path } }
  - type: field_name_mapping
    mapping: { CommandLine: command }
    rule_conditions: [{ type: processing_item_applied, processing_item_id: first }]`);
  expect(mapped(rule(selection), applied)).toBe(`(path = 'a.exe' and command = '*b*')`);
});

test('pipelines apply by priority, then in the order given', () => {
  const first = pipeline(
    'priority: 10\ntransformations: [{ type: field_name_mapping, mapping: { Image: a } }]',
  );
  const second = pipeline(
    'priority: 20\ntransformations: [{ type: field_name_mapping, mapping: { a: b } }]',
  );
  expect(mapped(rule('selection:\n  Image: x'), [plain, second, first])).toBe(`b = 'x'`);
});

test('placeholders take the values of vars, files or a wildcard', () => {
  const source = pipeline(`
vars: { admins: [root, adm*], one: only }
transformations:
  - { type: value_placeholders, include: [admins, one] }
  - { type: file_placeholders, files: { hosts: hosts.txt } }
  - { type: wildcard_placeholders, exclude: [kept] }
`);
  const found = placeholders(
    [{ ...source, files: new Map([['hosts.txt', 'a\nb\n']]) }],
    rule(selection),
    ['admins', 'one', 'hosts', 'other', 'kept'],
  );
  expect(placeholderFiles(source)).toEqual(['hosts.txt']);
  expect(found.ok && Object.fromEntries(found.value)).toEqual({
    admins: ['root', 'adm*'],
    one: ['only'],
    hosts: ['a', 'b'],
    other: ['*'],
  });
});

test('a placeholder that is named without values is an error', () => {
  const source = pipeline('transformations: [{ type: value_placeholders, include: [x] }]');
  expect(placeholders([source], rule(selection), ['x']).ok).toBe(false);
});

test('what the file says wrong is told where it stands', () => {
  expect(problemsOf('transformations: [{ type: field_name_maping, mapping: {} }]')).toEqual([
    expect.stringContaining(
      'pipeline/unknown-transformation @ field_name_maping (did you mean field_name_mapping',
    ),
  ]);
  expect(problemsOf('source: []')).toEqual([
    'pipeline/unknown-key @ source (did you mean sources?)',
  ]);
  expect(
    problemsOf('transformations: [{ type: add_field, rule_conditions: [{ type: logsorce }] }]'),
  ).toEqual(['pipeline/unknown-condition @ logsorce (did you mean logsource?)']);
  expect(problemsOf('transformations:\n  - type: rule_failure')).toEqual([
    'pipeline/missing-key @ type: rule_failure',
  ]);
  expect(
    problemsOf(
      'transformations: [{ type: add_field, rule_conditions: { a: { type: is_sigma_rule } }, rule_cond_expr: a and b }]',
    ),
  ).toEqual(['pipeline/invalid-expression @ a and b']);
  expect(
    problemsOf('transformations: [{ type: replace_string, regex: "(?=x)", replacement: "" }]'),
  ).toEqual(['regex/invalid @ (?=x)']);
  expect(problemsOf('a: 1\n---\nb: 2')).toEqual(['pipeline/not-one-document @ ']);
});

test('a renamed rule is still a detection rule with its own header', () => {
  const before: DetectionRule = rule(selection);
  const after = transform(before, [plain], { backend: 'kql', vars: new Map(), unscoped: false });
  expect(after.ok && after.value.header).toBe(before.header);
});

test('a key that a transformation or condition does not have is an error, not without effect', () => {
  const type = 'transformations: [{ type: field_name_prefix, prefix: a';
  expect(problemsOf(`${type}, rule_conditons: [] }]`)).toEqual([
    'pipeline/unknown-key @ rule_conditons (did you mean rule_conditions, rule_cond_not, rule_cond_op?)',
  ]);
  expect(
    problemsOf(`${type}, field_name_conditions: [{ type: include_fields, field: b }] }]`),
  ).toEqual(['pipeline/unknown-key @ field (did you mean fields?)']);
  expect(problemsOf('transformations: [{ type: add_field, field: a }]')).toEqual([]);
});
