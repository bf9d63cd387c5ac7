import { child, childAt, childList, kindOf, nameOf } from './tree.js';
import { bound, declared } from './let.js';
import { refuse, type Binding, type Scope } from './scope.js';
import type { KustoNode } from './kusto.js';

/** A call of a function that the query declares: its body, and the scope to compile it in. */
export interface Expansion {
  readonly expression: KustoNode;
  readonly scope: Scope;
}

/**
 * Opens a call. Microsoft's binder gives the body bound for these arguments; parameters become
 * names that stand for the arguments. `input` is what `invoke` puts before the other arguments.
 */
export function expanded(
  call: KustoNode,
  target: Extract<Binding, { kind: 'function' }>,
  scope: Scope,
  input?: Binding,
): Expansion | undefined {
  const body = call.GetCalledFunctionBody();
  if (!body) {
    refuse(scope, call, 'this call');
    return undefined;
  }
  const names = new Map(target.names);
  const given = childList(childAt(call, 'ArgumentList'), 'Expressions');
  const positional = given
    .filter((each) => kindOf(each) !== 'SimpleNamedExpression')
    .map((each) => bound(each, scope));
  const queue = input ? [input, ...positional] : positional;
  const byName = new Map(
    given
      .filter((each) => kindOf(each) === 'SimpleNamedExpression')
      .map((each) => [nameOf(child(each, 'Name')), child(each, 'Expression')]),
  );
  for (const parameter of childList(child(target.declaration, 'Parameters'), 'Parameters')) {
    const name = nameOf(child(child(parameter, 'NameAndType'), 'Name'));
    const named = byName.get(name);
    const fallback = childAt(parameter, 'DefaultValue');
    const binding = named
      ? bound(named, scope)
      : (queue.shift() ?? (fallback && bound(child(fallback, 'Value'), scope)));
    if (binding) names.set(name, binding);
  }
  const outer = {
    ...scope,
    columns: new Map(),
    tuples: new Map(),
    names,
    call: scope.call ?? call,
  };
  const inner = declared(childList(body, 'Statements'), outer);
  return { expression: child(body, 'Expression'), scope: inner };
}
