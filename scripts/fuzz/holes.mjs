/** Holes that were found once: what a fuzzer says of each, and the texts that mend it, with what was there before. */
export const holes = [
  {
    name: 'a value with a line separator leaves its literal in ES|QL',
    found: 'values, broke out',
    changes: [change('src/plan/expression.ts', "'su'", "'u'")],
  },
  {
    name: 'the name of a field is a pattern of what replaces {field}',
    found: 'names, name changed',
    changes: [
      change(
        'src/pipeline/for-field.ts',
        "replaceAll('{field}', () => name)",
        "replaceAll('{field}', name)",
      ),
    ],
  },
  {
    name: 'a name of any length is compared with all columns',
    found: 'sizes, over 2 s',
    changes: [
      change('src/pipeline/nearest.ts', 'const longest = 100;', 'const longest = Infinity;'),
    ],
  },
  {
    name: 'a report measures its whole line for each problem',
    found: 'sizes, over 2 s',
    changes: [
      change(
        'src/diagnostics/print/excerpt.ts',
        'const reach = 2 * maxWidth;',
        'const reach = Infinity;',
      ),
      change('src/diagnostics/shortlist.ts', 'const mostTold = 20;', 'const mostTold = Infinity;'),
    ],
  },
  {
    name: 'all alerts are the arguments of one call',
    found: 'events, crashed',
    changes: [
      change(
        'src/cli/commands/evaluate.ts',
        `for (const alert of correlate(rule.value, timed, options)) {
        alerts.push({ rule: name, ...alert });
      }`,
        'alerts.push(...correlate(rule.value, timed, options).map((each) => ({ rule: name, ...each })));',
      ),
    ],
  },
];

function change(file, text, by) {
  return { file, text, by };
}
