import { atomsOf, fieldsOf, type Field, type FieldType, type Rule } from '../ir/index.js';

/** A field as `required_fields` of Elastic's detection rules names it. */
export interface RequiredField {
  readonly name: string;
  readonly type: string;
  readonly ecs: boolean;
}

/** Families of Elasticsearch's types, as its field capabilities give them: a wildcard is a keyword there. */
const families: Partial<Readonly<Record<FieldType, string>>> = {
  string: 'keyword',
  text: 'text',
  integer: 'long',
  real: 'double',
  boolean: 'boolean',
  datetime: 'date',
  ip: 'ip',
};

// https://www.elastic.co/docs/reference/ecs/ecs-field-reference
const fieldSets = new Set(
  (
    '@timestamp agent as client cloud code_signature container data_stream destination device dll dns ecs email ' +
    'error event faas file geo group hash host http labels log message network observer orchestrator ' +
    'organization os package process registry related risk rule server service source span tags threat tls ' +
    'trace transaction url user user_agent volume vulnerability'
  ).split(' '),
);

/**
 * The fields that an Elastic query reads, by name. Those that only a query's expression reads, whose
 * type no pipeline says, or that are keys inside a flattened field, are left out.
 */
export function requiredFields(rule: Rule): readonly RequiredField[] {
  const found = fieldsRead(rule).flatMap(({ name, type, expression }) => {
    const family = families[type];
    return family === undefined || expression !== undefined || name.includes('.flattened.')
      ? []
      : [[name, { name, type: family, ecs: isCommon(name) }] as const];
  });
  return [...new Map(found).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Fields of one's own below a set of ECS have a capital letter, so that ECS never comes to have them. */
function isCommon(name: string): boolean {
  return (
    fieldSets.has(name.split('.')[0]!) && !/[A-Z]/.test(name) && name !== 'vulnerability.title'
  );
}

function fieldsRead(rule: Rule): readonly Field[] {
  if (rule.kind === 'detection')
    return [rule.predicate, ...(rule.target ? [rule.target.scope] : [])]
      .flatMap(atomsOf)
      .flatMap(fieldsOf);
  return rule.bases.flatMap(({ rule: base, keys, values, outputs }) => {
    if (base.kind === 'correlation') return fieldsRead(base);
    const { timeField } = base.target ?? {};
    const time = timeField === undefined ? [] : [{ name: timeField, type: 'datetime' } as const];
    return [...fieldsRead(base), ...keys, ...values, ...Object.values(outputs), ...time];
  });
}
