import type { FieldType } from '../../src/ir/index.js';
import { columnsOfMapping } from '../../src/pipeline/mapped-columns.js';
import { loadPipeline } from '../../src/pipeline/index.js';
import type { FieldMapping } from '../../src/pipeline/model/index.js';

/** A column that a shipped pipeline names, and for which tables. */
export interface NamedColumn {
  readonly pipeline: string;
  readonly logSource: string;
  readonly tables: readonly string[];
  readonly column: string;
  readonly type: FieldType;
  /** Whether the pipeline says itself that it does not know. */
  readonly isGuess: boolean;
  /** What the scope asks the column for. */
  readonly values?: readonly string[];
}

/** All of them: of fields, keywords, keys and scopes. */
export async function columnsOfPipeline(
  id: string,
  backend: 'eql' | 'spl' = 'eql',
): Promise<readonly NamedColumn[]> {
  const pipeline = (await loadPipeline(id, backend))!;
  return pipeline.logSources.flatMap((logSource) =>
    pipeline.source(logSource)!.targets.flatMap((target) => {
      const mappings = [
        ...target.fields.values(),
        ...(target.keywords === 'raw' ? [] : (target.keywords ?? [])),
      ].flatMap(parts);
      const of = (mapping: FieldMapping): readonly NamedColumn[] =>
        columnsOfMapping(mapping).map((column) => ({
          pipeline: id,
          logSource,
          tables: target.table?.split(',') ?? [],
          column,
          type: mapping.type ?? target.columnType,
          isGuess:
            target.inferred || mapping.inferred || mapping.assumptions.includes('keyword-type'),
        }));
      const scopes = target.scope
        .flat()
        .flatMap(({ field, values }) =>
          of(field).map((each) => ({ ...each, values: values.map(String) })),
        );
      return [...mappings.flatMap(of), ...scopes];
    }),
  );
}

/** The mappings of single columns that it is made of. */
function parts(mapping: FieldMapping): readonly FieldMapping[] {
  const { alternatives, writing } = mapping;
  if (alternatives) return alternatives.flatMap(parts);
  if (writing?.kind === 'by-event') return writing.cases.flatMap(({ field }) => parts(field));
  return [mapping];
}
