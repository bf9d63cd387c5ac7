import type { LogSource } from '../syntax/index.js';
import { homesOf } from './homes.js';
import { nameOf, type Home } from './map-target.js';
import type { FieldMapping, Pipeline, TargetSpec, Writing } from './model/index.js';
import { scopeValues } from './scope.js';
import { inOrder } from './transform.js';

/** Where pipelines keep a log source, best first, in words. */
export interface DescribedSource {
  /** `windows/process_creation/`: product, category and service. */
  readonly logSource: string;
  readonly targets: readonly DescribedTarget[];
}

export interface DescribedTarget {
  readonly pipeline: string;
  readonly target: string;
  readonly time: string;
  readonly scope: string;
  /** Variables that choose the target. */
  readonly when: Readonly<Record<string, string>>;
  readonly keywords: string;
  readonly assumptions: readonly string[];
  /** Sigma field → where its values are, and how they are written there. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The merged result of pipelines: every log source that one of them names, in order of its key. */
export function describePipelines(
  pipelines: readonly Pipeline[],
  vars: ReadonlyMap<string, string>,
): readonly DescribedSource[] {
  const ordered = inOrder(pipelines);
  const keys = new Set(ordered.flatMap(({ logSources }) => logSources));
  return [...keys].sort().map((logSource) => ({
    logSource,
    targets: homesOf(logSourceOf(logSource), ordered, vars, new Set()).map(describeHome),
  }));
}

function logSourceOf(key: string): LogSource {
  const [product, category, service] = key.split('/').map((part) => part || undefined);
  return {
    ...(product !== undefined && { product }),
    ...(category !== undefined && { category }),
    ...(service !== undefined && { service }),
    custom: {},
    span: { source: { name: key, text: '' }, start: 0, end: 0 },
  };
}

function describeHome(home: Home): DescribedTarget {
  const { spec, overrides, pipeline } = home;
  const fields = Object.create(null) as Record<string, string>;
  for (const [name, mapping] of [...spec.fields, ...overrides]) {
    fields[name] = describeMapping(mapping, home);
  }
  if (spec.others) fields['*'] = describeMapping(spec.others, home);
  return {
    pipeline,
    target: nameOf(home),
    time: spec.timeField,
    scope: describeScope(home),
    when: Object.fromEntries(spec.when),
    keywords: describeKeywords(spec),
    assumptions: [...(spec.inferred ? ['inferred-target'] : []), ...spec.assumptions],
    fields,
  };
}

function describeScope({ spec, ...home }: Home): string {
  return spec.scope
    .map((all) =>
      all
        .map((condition) => {
          const { field, negated } = condition;
          const values = scopeValues(condition, home).join(' | ');
          return `${placeOf(field)} ${negated ? '≠' : '='} ${values}`;
        })
        .join(' and '),
    )
    .join(' or ');
}

function describeKeywords({ keywords }: TargetSpec): string {
  return typeof keywords === 'string' ? keywords : (keywords ?? []).map(placeOf).join(', ');
}

function describeMapping(mapping: FieldMapping, home: Home): string {
  if (mapping.alternatives) {
    return mapping.alternatives.map((each) => describeMapping(each, home)).join(' or ');
  }
  const type = mapping.type ?? typeOf(mapping, home);
  return [
    mapping.writing ? describeWriting(mapping.writing, placeOf(mapping)) : placeOf(mapping),
    type === 'any' ? '' : ` (${type})`,
    [...(mapping.inferred ? ['inferred'] : []), ...mapping.assumptions, ...(mapping.classes ?? [])]
      .map((id) => ` [${id}]`)
      .join(''),
  ].join('');
}

function typeOf({ column, expression }: FieldMapping, { columns, spec }: Home): string {
  if (column === '' || expression !== undefined) return 'any';
  return (columns && Object.hasOwn(columns, column) && columns[column]) || spec.columnType;
}

/** A column, a path in it, or the expression that yields the value. */
function placeOf({ column, expression, stores }: FieldMapping): string {
  const [store] = stores ?? [];
  if (store?.kind === 'json' || store?.kind === 'xml') return [column, ...store.path].join('/');
  return expression ?? column;
}

function describeWriting(writing: Writing, place: string): string {
  switch (writing.kind) {
    case 'constant':
      return `always “${writing.value}”`;
    case 'domain-user':
      return `${writing.domain}\\${writing.name}`;
    case 'hashes':
      return [...writing.columns].map(([name, column]) => `${name} in ${column}`).join(', ');
    case 'affix':
      return `${place}, as “${writing.prefix}…${writing.suffix}”`;
    case 'by-event':
      return writing.cases
        .map(
          ({ eventIds, field }) => `${placeOf(field)} for ${[...eventIds].join('|') || 'others'}`,
        )
        .join(', ');
    default:
      return `${place}, ${writing.kind}`;
  }
}
