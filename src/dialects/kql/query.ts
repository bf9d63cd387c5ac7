import { expanded } from './call.js';
import { join, lookup } from './operator/join.js';
import { mvApply, mvExpand } from './operator/expand.js';
import { find } from './operator/find.js';
import { partition } from './operator/partition.js';
import { scan } from './operator/scan.js';
import {
  extend,
  project,
  rename,
  select,
  serialize,
  unchanged,
  where,
  type CompileOperator,
} from './operator/shape.js';
import { sort, take, top } from './operator/order.js';
import { count, distinct, summarize } from './operator/summarize.js';
import { union, unionInputs, unionOf } from './operator/union.js';
import { refusedOperators } from './refused.js';
import { refuse, type Binding, type Relation, type Scope } from './scope.js';
import { datatable, emptyRelation, print, range } from './source.js';
import { child, childAt, childList, kindOf, nameOf, operatorWord } from './tree.js';
import type { KustoNode } from './kusto.js';

const operators: ReadonlyMap<string, CompileOperator> = new Map([
  ['FilterOperator', where],
  ['ExtendOperator', extend],
  ['SerializeOperator', serialize],
  ['ProjectOperator', project],
  ['ProjectAwayOperator', select],
  ['ProjectKeepOperator', select],
  ['ProjectReorderOperator', select],
  ['ProjectRenameOperator', rename],
  ['SummarizeOperator', summarize],
  ['DistinctOperator', distinct],
  ['CountOperator', count],
  ['SortOperator', sort],
  ['TopOperator', top],
  ['TakeOperator', take],
  ['JoinOperator', join],
  ['LookupOperator', lookup],
  ['UnionOperator', union],
  ['MvExpandOperator', mvExpand],
  ['MvApplyOperator', mvApply],
  ['PartitionOperator', partition],
  ['ScanOperator', scan],
  ['AsOperator', unchanged],
  ['RenderOperator', unchanged],
]);

/** Compiles a tabular expression. Nothing is run before `rows` is called. */
export function compileTable(node: KustoNode, scope: Scope): Relation {
  const steps: KustoNode[] = [];
  let first = node;
  while (kindOf(first) === 'PipeExpression') {
    steps.unshift(child(first, 'Operator'));
    first = child(first, 'Expression');
  }
  const { source, rest } = start(first, steps, scope);
  return rest.reduce((input, step) => piped(step, input, scope), source);
}

/** A pipeline begins with a source, or inside a sub-query with an operator on the rows given to it. */
function start(first: KustoNode, steps: readonly KustoNode[], scope: Scope) {
  const operator = operators.has(kindOf(first)) && kindOf(first) !== 'UnionOperator';
  if (operator && scope.input) return { source: scope.input, rest: [first, ...steps] };
  return { source: compileSource(first, scope), rest: steps };
}

function piped(node: KustoNode, input: Relation, scope: Scope): Relation {
  if (kindOf(node) === 'InvokeOperator') return invoked(node, input, scope);
  const compile = operators.get(kindOf(node));
  if (!compile) {
    refuseOperator(node, scope);
    return emptyRelation(node);
  }
  const { columns, serialized, apply } = compile(node, input, scope);
  const rows = () => apply(input.rows());
  return { columns, serialized, rows, ...named(nameAfter(node, input)) };
}

/** The name that `union withsource=` prints: `as` gives it, `where` keeps it. */
function nameAfter(node: KustoNode, input: Relation): string | undefined {
  if (kindOf(node) === 'AsOperator') return nameOf(child(node, 'Name'));
  return kindOf(node) === 'FilterOperator' ? input.name : undefined;
}

function named(name: string | undefined): Pick<Relation, 'name'> {
  return name === undefined ? {} : { name };
}

function refuseOperator(node: KustoNode, scope: Scope): void {
  const word = operatorWord(node);
  refuse(scope, node, word, refusedOperators.get(word));
}

function compileSource(node: KustoNode, scope: Scope): Relation {
  switch (kindOf(node)) {
    case 'NameReference':
      return tableNamed(node, scope);
    case 'ParenthesizedExpression':
    case 'MaterializeExpression':
      return compileTable(child(node, 'Expression'), scope);
    case 'FunctionCallExpression':
      return called(node, scope);
    case 'DataTableExpression':
      return datatable(node, scope);
    case 'PrintOperator':
      return print(node, scope);
    case 'RangeOperator':
      return range(node, scope);
    case 'UnionOperator': {
      const { columns, rows } = unionOf(node, unionInputs(node, scope), scope);
      return { columns, serialized: false, rows };
    }
    case 'FindOperator':
      return find(node, scope);
    default:
      refuseOperator(node, scope);
      return emptyRelation(node);
  }
}

function tableNamed(node: KustoNode, scope: Scope): Relation {
  const name = nameOf(node);
  const binding = scope.names.get(name);
  if (binding?.kind === 'table') return binding.relation;
  if (binding?.kind === 'function') {
    const view = childAt(binding.declaration, 'ViewKeyword') !== undefined;
    return { ...calledUser(node, binding, scope), ...named(view ? name : undefined) };
  }
  const source = binding ? undefined : scope.run.source(name);
  if (source) return source;
  refuse(scope, node, `the table ${name}`);
  return emptyRelation(node);
}

function called(node: KustoNode, scope: Scope): Relation {
  const name = nameOf(child(node, 'Name'));
  const binding = scope.names.get(name);
  if (binding?.kind === 'function') return calledUser(node, binding, scope);
  const [argument] = childList(child(node, 'ArgumentList'), 'Expressions');
  const literal = name === 'table' && argument ? argument.LiteralValue : undefined;
  const source = typeof literal === 'string' ? scope.run.source(literal) : undefined;
  if (source) return source;
  refuse(scope, node, `the function ${name}()`);
  return emptyRelation(node);
}

type UserFunction = Extract<Binding, { kind: 'function' }>;

function calledUser(
  node: KustoNode,
  target: UserFunction,
  scope: Scope,
  input?: Relation,
): Relation {
  const given: Binding | undefined = input && { kind: 'table', relation: input };
  const expansion = expanded(node, target, scope, given);
  return expansion ? compileTable(expansion.expression, expansion.scope) : emptyRelation(node);
}

function invoked(node: KustoNode, input: Relation, scope: Scope): Relation {
  const call = child(node, 'Function');
  const binding =
    kindOf(call) === 'FunctionCallExpression'
      ? scope.names.get(nameOf(child(call, 'Name')))
      : undefined;
  if (binding?.kind === 'function') return calledUser(call, binding, scope, input);
  refuse(scope, node, 'invoke of this function');
  return emptyRelation(node);
}
