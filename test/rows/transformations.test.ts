import { expect, test } from 'vitest';
import { mapperOf, pipeline, rowOf, rule } from '../pipeline/rules.js';

// What the row mapper makes of transformations (docs/pipelines.md, "Transformations"), written by hand.

const asked = rule('selection:\n  CommandLine: a\n  Image: b');
const event = { CommandLine: 'a', Image: 'b' };

/** The row of the event under transformations, in a target that takes every field. */
function under(...transformations: readonly object[]) {
  const sources = [{ logsource: {}, targets: [{ others: '{field}' }] }];
  return [pipeline(JSON.stringify({ sources, transformations }))];
}

const rename = (mapping: object, more: object = {}) => ({
  type: 'field_name_mapping',
  mapping,
  ...more,
});
const when = (...rule_conditions: readonly object[]) => ({ rule_conditions });
const cmd = { cmd: 'a', Image: 'b' };

test.each([
  ['a mapping', [rename({ CommandLine: 'cmd' })], cmd],
  ['the first of several names', [rename({ CommandLine: ['cmd', 'line'] })], cmd],
  ['one after the other', [rename({ CommandLine: 'c' }), rename({ c: 'cmd' })], cmd],
  [
    'prefixes',
    [{ type: 'field_name_prefix_mapping', mapping: { Command: 'c.', Im: ['i.', 'j.'] } }],
    { 'c.Line': 'a', 'i.age': 'b' },
  ],
  [
    'a prefix',
    [{ type: 'field_name_prefix', prefix: '$&' }],
    { '$&CommandLine': 'a', '$&Image': 'b' },
  ],
  [
    'a suffix for some fields',
    [
      {
        type: 'field_name_suffix',
        suffix: '_s',
        field_name_conditions: [{ type: 'include_fields', fields: ['Image'] }],
      },
    ],
    { CommandLine: 'a', Image_s: 'b' },
  ],
  [
    'a suffix for all others',
    [
      {
        type: 'field_name_suffix',
        suffix: '_s',
        field_name_conditions: [{ type: 'exclude_fields', fields: ['Image'] }],
      },
    ],
    { CommandLine_s: 'a', Image: 'b' },
  ],
  [
    'a log source',
    [
      rename({ CommandLine: 'cmd' }, when({ type: 'logsource', product: 'windows' })),
      rename({ Image: 'exe' }, when({ type: 'logsource', product: 'windows', service: 'x' })),
    ],
    cmd,
  ],
  [
    'a log source that was changed',
    [
      { type: 'change_logsource', product: 'linux' },
      rename({ CommandLine: 'cmd' }, when({ type: 'logsource', product: 'linux' })),
      rename({ Image: 'exe' }, when({ type: 'logsource', category: 'process_creation' })),
    ],
    cmd,
  ],
  [
    'names that the rule has by then',
    [
      rename({ CommandLine: 'cmd' }, when({ type: 'contains_field', field: 'CommandLine' })),
      rename({ Image: 'exe' }, when({ type: 'contains_field', field: 'CommandLine' })),
    ],
    cmd,
  ],
  [
    'values of the rule',
    [
      rename(
        { CommandLine: 'c' },
        when({ type: 'contains_detection_item', field: 'Image', value: 'b' }),
      ),
      rename({ c: 'cmd' }, when({ type: 'contains_detection_item', field: 'c', value: 'a' })),
      rename(
        { Image: 'exe' },
        when({ type: 'contains_detection_item', field: 'Image', value: 'a' }),
      ),
    ],
    cmd,
  ],
  [
    'what the rule says of itself',
    [
      rename(
        { CommandLine: 'cmd' },
        when({ type: 'rule_attribute', attribute: 'title', value: 'A rule' }),
      ),
      rename(
        { Image: 'x' },
        when({ type: 'rule_attribute', attribute: 'title', value: 'A rule', op: 'ne' }),
      ),
      rename(
        { Image: 'y' },
        when({ type: 'rule_attribute', attribute: 'level', value: 'high', op: 'ne' }),
      ),
      rename({ Image: 'z' }, when({ type: 'tag', tag: 'attack.t1059' })),
      rename({ Image: 'w' }, when({ type: 'is_sigma_correlation_rule' })),
    ],
    cmd,
  ],
  [
    'state, and what was applied',
    [
      { id: 'one', type: 'set_state', key: 'k', val: 'v' },
      rename({ CommandLine: 'c' }, when({ type: 'processing_state', key: 'k', val: 'v' })),
      rename(
        { c: 'cmd' },
        {
          detection_item_conditions: [
            { type: 'processing_item_applied', processing_item_id: 'one' },
          ],
        },
      ),
      rename({ Image: 'x' }, when({ type: 'processing_state', key: 'k', val: 'w' })),
      rename(
        { Image: 'y' },
        {
          detection_item_conditions: [
            { type: 'processing_item_applied', processing_item_id: 'two' },
          ],
        },
      ),
    ],
    cmd,
  ],
  [
    'any of several conditions, and none',
    [
      rename(
        { CommandLine: 'cmd' },
        {
          rule_cond_op: 'or',
          ...when(
            { type: 'logsource', product: 'linux' },
            { type: 'contains_field', field: 'Image' },
          ),
        },
      ),
      rename(
        { Image: 'exe' },
        { rule_cond_not: true, ...when({ type: 'contains_field', field: 'Image' }) },
      ),
    ],
    cmd,
  ],
  [
    'several in one',
    [
      {
        type: 'nest',
        items: [rename({ CommandLine: 'c' }), rename({ c: 'cmd' })],
        ...when({ type: 'is_sigma_rule' }),
      },
      {
        type: 'nest',
        items: [rename({ Image: 'exe' })],
        ...when({ type: 'logsource', product: 'x' }),
      },
    ],
    cmd,
  ],
  [
    'a condition of all rows, renamed by what follows',
    [
      rename({ index: 'never' }),
      { type: 'add_condition', conditions: { index: ['main', 'other'], is: true } },
      rename({ CommandLine: 'cmd', index: 'in' }),
    ],
    { ...cmd, in: 'main', is: true },
  ],
])('%s', (_, transformations, row) => {
  expect(rowOf(asked, under(...transformations), event)).toEqual(row);
});

test('an event that cannot be of the rows that a condition leaves has none', () => {
  const added = { type: 'add_condition', conditions: { Image: ['c', 'd*'] } };
  expect(rowOf(asked, under(added), event)).toBeUndefined();
  expect(rowOf(asked, under(added), { ...event, Image: 'Dx' })).toEqual({ ...event, Image: 'Dx' });
  const not = { ...added, negated: true };
  expect(rowOf(asked, under(not), event)).toEqual(event);
  expect(rowOf(asked, under(not), { ...event, Image: 'C' })).toBeUndefined();
});

test.each([
  ['a value', { detection_item_conditions: [{ type: 'match_string', cond: 'any', pattern: 'a' }] }],
  ['a wildcard', { detection_item_conditions: [{ type: 'contains_wildcard', cond: 'any' }] }],
])('no row where %s decides what its field is called', (_, conditions) => {
  expect(mapperOf(asked, under(rename({ CommandLine: 'cmd' }, conditions)))).toBeUndefined();
  expect(mapperOf(asked, under(rename({ Other: 'cmd' }, conditions)))).toBeDefined();
});

test('no row where a condition asks for tests that were changed before', () => {
  const changed = { type: 'set_value', value: 'c', field_name_conditions: [] };
  const item = when({ type: 'contains_detection_item', field: 'Image', value: 'c' });
  expect(mapperOf(asked, under(changed, rename({ CommandLine: 'cmd' }, item)))).toBeUndefined();
  expect(mapperOf(asked, under(changed, rename({ CommandLine: 'cmd' })))).toBeDefined();
});
