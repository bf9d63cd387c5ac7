import { diagnostic } from '../../../diagnostics/index.js';
import { compileScalar } from '../expression.js';
import { over, refuse, spanIn } from '../scope.js';
import { child, columnsOf, descendants, kindOf, operatorWord, parameterOf } from '../tree.js';
import { keyOf, type Row } from '../value.js';
import type { CompileOperator } from './shape.js';

/** Without `hint.strategy=native` or `shuffle`, Kusto makes at most so many partitions. */
const legacyPartitions = 64;

/** What brings other tables into a sub-query; Microsoft's parser lets it pass. */
const foreignOperators: ReadonlySet<string> = new Set([
  'JoinOperator',
  'LookupOperator',
  'UnionOperator',
  'EvaluateOperator',
]);

/** `partition by column (…)`: the sub-query runs over each key's rows. */
export const partition: CompileOperator = (node, input, scope) => {
  const operand = child(node, 'Operand');
  if (kindOf(operand) !== 'PartitionSubquery') {
    const help = 'write it in parentheses, over the rows of each key';
    refuse(scope, operand, 'partition with a query of its own in braces', help);
    return { columns: columnsOf(node), serialized: false, apply: () => [] };
  }
  for (const each of descendants(operand)) {
    if (!foreignOperators.has(kindOf(each))) continue;
    const operator = operatorWord(each);
    scope.run.report(diagnostic('kql/partition', spanIn(scope, each), { operator }));
  }
  const { at } = compileScalar(child(node, 'ByExpression'), over(scope, input.columns));
  let current: readonly Row[] = [];
  const subquery = scope.run.table(child(operand, 'Subquery'), {
    ...scope,
    input: { columns: input.columns, serialized: false, rows: () => current },
  });
  const strategy = parameterOf(node, 'hint.strategy') ?? 'legacy';
  return {
    columns: subquery.columns,
    serialized: false,
    apply: (rows) => {
      const groups = new Map<string, Row[]>();
      for (const [index, row] of rows.entries()) {
        const key = keyOf(at(row, index));
        const group = groups.get(key);
        if (group) group.push(row);
        else groups.set(key, [row]);
      }
      if (strategy === 'legacy' && groups.size > legacyPartitions) {
        const limit = `partition without a strategy makes at most ${legacyPartitions} partitions`;
        scope.run.report(
          diagnostic(
            'kql/limit',
            spanIn(scope, node),
            { limit },
            { help: 'write hint.strategy=native' },
          ),
        );
      }
      return [...groups.values()].flatMap((group) => {
        current = group;
        return subquery.rows();
      });
    },
  };
};
