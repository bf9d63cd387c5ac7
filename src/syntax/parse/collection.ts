import { diagnostic } from '../../diagnostics/index.js';
import type { Yaml, YamlEntry, YamlMap } from '../yaml/tree.js';
import { entryOf } from '../yaml/tree.js';
import type { Report } from './read.js';

/** What earlier documents of a file add to later ones: Sigma 1's `action` key. */
export interface Carried {
  readonly global?: YamlMap;
  readonly previous?: YamlMap;
}

const actions = ['global', 'reset', 'repeat'];

/**
 * Applies `action: global` (its keys are in all documents that follow), `reset` (ends that) and
 * `repeat` (the document before, with some keys replaced). Correlations and filters stay as they
 * are. A document that is only an instruction gives no rule.
 */
export function applyAction(
  document: YamlMap,
  carried: Carried,
  report: Report,
): { readonly rule?: YamlMap; readonly carried: Carried } {
  const action = entryOf(document, 'action');
  if (!action) {
    if (entryOf(document, 'correlation') || entryOf(document, 'filter')) {
      return { rule: document, carried };
    }
    const rule = carried.global ? merge(document, carried.global, report) : document;
    return { rule, carried: { ...carried, previous: rule } };
  }
  const own = without(document, action);
  switch (action.value.kind === 'scalar' && action.value.value) {
    case 'global':
      return { carried: { global: own } };
    case 'reset':
      return { carried: {} };
    case 'repeat': {
      const rule = carried.previous ? merge(own, carried.previous) : own;
      return { rule, carried: { ...carried, previous: rule } };
    }
    default:
      report(diagnostic('rule/unknown-action', action.value.span, { known: actions.join(', ') }));
      return { rule: own, carried };
  }
}

function without(map: YamlMap, left: YamlEntry): YamlMap {
  return { ...map, entries: map.entries.filter((entry) => entry !== left) };
}

/**
 * The own entries and what they lack of the added ones, maps within likewise. Where both have a
 * value, the own one counts; with `report` that is an error, for tools disagree about it.
 */
function merge(own: YamlMap, added: YamlMap, report?: Report): YamlMap {
  const entries = own.entries.map((entry): YamlEntry => {
    const other = entryOf(added, entry.key.value);
    if (!other) return entry;
    return { key: entry.key, value: mergeValues(entry, other, report) };
  });
  const rest = added.entries.filter(({ key }) => !entryOf(own, key.value));
  return { ...own, entries: [...entries, ...rest] };
}

function mergeValues(own: YamlEntry, added: YamlEntry, report?: Report): Yaml {
  if (own.value.kind === 'map' && added.value.kind === 'map') {
    return merge(own.value, added.value, report);
  }
  report?.(
    diagnostic(
      'rule/global-conflict',
      own.key.span,
      { key: own.key.value },
      {
        related: [{ message: 'the global document has it here', span: added.key.span }],
      },
    ),
  );
  return own.value;
}
