import { child, isTabular, kindOf, nameOf } from './tree.js';
import { remembered, type Binding, type Scope } from './scope.js';
import type { KustoNode } from './kusto.js';

/** The scope after `let` statements. What they bind is computed when first used, and once. */
export function declared(statements: readonly KustoNode[], scope: Scope): Scope {
  const names = new Map(scope.names);
  const inner = { ...scope, names };
  for (const statement of statements) {
    if (kindOf(statement) !== 'LetStatement') continue;
    names.set(nameOf(child(statement, 'Name')), bound(child(statement, 'Expression'), inner));
  }
  return inner;
}

/** What an expression binds a name to. */
export function bound(expression: KustoNode, scope: Scope): Binding {
  if (kindOf(expression) === 'FunctionDeclaration') {
    return { kind: 'function', declaration: expression, names: new Map(scope.names) };
  }
  if (isTabular(expression)) {
    const { columns, serialized, rows } = scope.run.table(expression, scope);
    let known: ReturnType<typeof rows> | undefined;
    return { kind: 'table', relation: { columns, serialized, rows: () => (known ??= rows()) } };
  }
  return { kind: 'scalar', expression: remembered(scope.run.scalar(expression, scope)) };
}
