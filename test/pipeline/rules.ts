import type { Span } from '../../src/diagnostics/index.js';
import type { DetectionRule, Predicate } from '../../src/ir/index.js';

export const origin: Span = { source: { name: 'rule.yml', text: '' }, start: 0, end: 0 };

export function equalsText(name: string, text: string): Predicate {
  return { kind: 'string', field: { name, type: 'any' }, pattern: [text], cased: false, origin };
}

export function detection(product: string, category: string, predicate: Predicate): DetectionRule {
  return {
    kind: 'detection',
    header: {
      span: origin,
      title: { value: 'A rule', span: origin },
      references: [],
      tags: [],
      falsepositives: [],
      fields: [],
      scope: [],
      related: [],
      custom: {},
    },
    logSource: { product, category, custom: {}, span: origin },
    predicate,
  };
}
export const printed = 1;
