import type { KustoList, KustoNode, KustoType } from './kusto.js';
import { typeNamed, type Column } from './value.js';

/** The kind of a node: the last part of its class's name, such as `FilterOperator`. */
export function kindOf(node: KustoNode): string {
  const { $$name: name = '' } = node.constructor as { readonly $$name?: string };
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The named part of a node; undefined if the query leaves it out. */
export function childAt(node: KustoNode, name: string): KustoNode | undefined {
  return (
    (node as unknown as Readonly<Record<string, KustoNode | null | undefined>>)[name] ?? undefined
  );
}

/** The named part that the grammar demands. */
export function child(node: KustoNode, name: string): KustoNode {
  const found = childAt(node, name);
  if (!found) throw new Error(`${kindOf(node)} has no ${name}`);
  return found;
}

/** The named list of a node, without its separators. */
export function childList(node: KustoNode | undefined, name: string): readonly KustoNode[] {
  const list = node && childAt(node, name);
  if (!list) return [];
  const found: KustoNode[] = [];
  for (let index = 0; index < list.ChildCount; index++) {
    const element = list.GetChild(index);
    if (element) found.push(elementOf(element));
  }
  return found;
}

function elementOf(separated: KustoNode): KustoNode {
  return childAt(separated, 'Element') ?? childAt(separated, 'Element$1') ?? separated;
}

/** The text of a node's named token, such as an operator. */
export function tokenText(node: KustoNode, name: string): string {
  return childAt(node, name)?.Text ?? '';
}

/** The name that a name node, a declaration or a reference stands for. */
export function nameOf(node: KustoNode): string {
  return node.SimpleName ?? '';
}

/** The node and all nodes in it. */
export function descendants(node: KustoNode): readonly KustoNode[] {
  const found = [node];
  for (const next of found) {
    for (let index = 0; index < next.ChildCount; index++) {
      const part = next.GetChild(index);
      if (part && !part.IsToken) found.push(part);
    }
  }
  return found;
}

/** The word that an operator begins with. */
export function operatorWord(node: KustoNode): string {
  let first: KustoNode | null = node;
  while (first && !first.IsToken) first = first.GetChild(0);
  return first?.Text ?? kindOf(node);
}

/** A named parameter of an operator (`kind=inner`): its value as written, without quotes. */
export function parameterOf(operator: KustoNode, name: string): string | undefined {
  const found = childList(operator, 'Parameters').find(
    (each) => nameOf(child(each, 'Name')) === name,
  );
  if (!found) return undefined;
  const value = child(found, 'Expression');
  if (kindOf(value) !== 'LiteralExpression') return nameOf(value);
  return typeof value.LiteralValue === 'string' ? value.LiteralValue : tokenText(value, 'Token');
}

/** The columns of a tabular node as the binder names and types them. */
export function columnsOf(
  node: KustoNode | { readonly ResultType?: KustoType | null },
): readonly Column[] {
  const columns = node.ResultType?.Columns;
  return columns
    ? items(columns).map(({ Name, Type }) => ({ name: Name, type: typeNamed(Type.Name) }))
    : [];
}

/** Whether the node gives rows. */
export function isTabular(node: KustoNode): boolean {
  return node.ResultType?.Columns !== undefined;
}

export function items<T>(list: KustoList<T>): readonly T[] {
  return Array.from({ length: list.Count }, (_, index) => list.getItem(index));
}
