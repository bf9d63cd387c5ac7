import type { SourceFile, Span } from '../../src/diagnostics/index.js';
import type {
  DetectionRule,
  Field,
  FieldType,
  Pattern,
  Predicate,
  Target,
} from '../../src/ir/index.js';

const source: SourceFile = { name: 'rule.yml', text: 'detection' };

/** A place for nodes that tests build by hand. */
export const origin: Span = { source, start: 0, end: 9 };

export function field(name: string, type: FieldType = 'string'): Field {
  return { name, type };
}

type Parts = Partial<Pick<Extract<Predicate, { kind: 'string' }>, 'cased'>>;

export function text(
  name: string | Field,
  pattern: Pattern,
  { cased = false }: Parts = {},
): Predicate {
  return { kind: 'string', field: fieldOf(name), pattern, cased, origin };
}

export function regex(name: string | Field, expression: string, flags = ''): Predicate {
  return {
    kind: 'regex',
    field: fieldOf(name),
    source: expression,
    flags: {
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
    },
    origin,
  };
}

export function and(...operands: readonly Predicate[]): Predicate {
  return { kind: 'and', operands, origin };
}

export function or(...operands: readonly Predicate[]): Predicate {
  return { kind: 'or', operands, origin };
}

export function not(operand: Predicate): Predicate {
  return { kind: 'not', operand, origin };
}

export const everything: Predicate = { kind: 'constant', value: true, origin };

export function rule(predicate: Predicate, target: Partial<Target> = {}): DetectionRule {
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
    logSource: { custom: {}, span: origin },
    predicate,
    target: {
      pipelines: ['plain'],
      table: 'Events',
      scope: everything,
      timeField: 'time',
      assumptions: [],
      unscoped: false,
      mapping: 'exact',
      ...target,
    },
  };
}

function fieldOf(name: string | Field): Field {
  return typeof name === 'string' ? field(name) : name;
}

export function num(target: Field, value: string): Predicate {
  return { kind: 'number', field: target, value, origin };
}

export function truth(target: Field, value: boolean): Predicate {
  return { kind: 'boolean', field: target, value, origin };
}

export function network(target: Field, address: string): Predicate {
  const version = address.includes(':') ? 6 : 4;
  return { kind: 'cidr', field: target, network: address, version, origin };
}

export function comparison(
  target: Field,
  operator: 'lt' | 'lte' | 'gt' | 'gte',
  value: string,
): Predicate {
  return { kind: 'comparison', field: target, operator, value, origin };
}
