import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { evilText, evilValue } from './evil.js';

/** A change of a text. Places are numbers that fit any text: they count around it. */
type TextEdit =
  | { readonly op: 'put'; readonly at: number; readonly over: number; readonly text: string }
  | { readonly op: 'repeat'; readonly at: number; readonly over: number; readonly times: number };

/** A change of one node of a document of YAML or JSON, `node` of all of them in order. */
type TreeEdit = { readonly node: number } & (
  | { readonly op: 'set'; readonly value: unknown }
  | { readonly op: 'name'; readonly text: string }
  | { readonly op: 'drop' }
  | { readonly op: 'nest'; readonly times: number }
  | { readonly op: 'many'; readonly times: number }
  | { readonly op: 'long'; readonly text: string; readonly times: number }
  | { readonly op: 'long-name'; readonly text: string; readonly times: number }
);

/** A text and what was done to it: so a kept case is small, however long what it makes. */
export interface Mutation {
  readonly text: string;
  /** How the changed documents are written; as JSON each is one line. */
  readonly as: 'yaml' | 'json';
  readonly tree: readonly TreeEdit[];
  readonly edits: readonly TextEdit[];
}

/** No input is longer: what a limit by size is measured with. */
const most = 200_000;

const place = fc.nat(1_000_000);
const few = fc.nat(8);
const times = fc.oneof(
  { weight: 4, arbitrary: fc.nat(20) },
  { weight: 2, arbitrary: fc.nat(1_000) },
  { weight: 1, arbitrary: fc.nat(most) },
);
const unit = fc.oneof(fc.constantFrom('F', 'ab', 'é', '\\', '*', '(', 'a b '), evilText);

const treeEdit: fc.Arbitrary<TreeEdit> = fc.oneof(
  fc.record({ op: fc.constant('set' as const), node: place, value: evilValue }),
  fc.record({ op: fc.constant('name' as const), node: place, text: evilText }),
  fc.record({ op: fc.constant('drop' as const), node: place }),
  fc.record({ op: fc.constant('nest' as const), node: place, times: fc.nat(200) }),
  fc.record({ op: fc.constant('many' as const), node: place, times }),
  fc.record({ op: fc.constant('long' as const), node: place, text: unit, times }),
  fc.record({ op: fc.constant('long-name' as const), node: place, text: unit, times }),
);

const textEdit: fc.Arbitrary<TextEdit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('put' as const),
      at: place,
      over: few,
      text: fc.oneof(fc.constant(''), evilText),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('repeat' as const),
      at: place,
      over: fc.nat(200),
      times: fc.oneof({ weight: 4, arbitrary: fc.nat(20) }, fc.nat(5_000)),
    }),
  },
);

/** Changes of the texts, which are tried from the first on when a case is made smaller. */
export function mutations(texts: readonly string[]): fc.Arbitrary<Mutation> {
  return fc.record({
    text: fc.constantFrom(...texts),
    as: fc.constantFrom('yaml' as const, 'json' as const),
    tree: fc.array(treeEdit, { maxLength: 4 }),
    edits: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(textEdit, { maxLength: 4 }) },
    ),
  });
}

/** The text with its changes made. A change that does not fit leaves it as it was. */
export function mutated({ text, as, tree, edits }: Mutation): string {
  const grown = tree.length === 0 ? text : changedTree(text, as, tree);
  return edits.reduce(changedText, grown).slice(0, most);
}

function changedText(text: string, edit: TextEdit): string {
  const at = edit.at % (text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at + edit.over)];
  if (edit.op === 'put') return before + edit.text + after;
  return before + bounded(text.slice(at, at + edit.over), edit.times) + after;
}

function bounded(unit: string, times: number): string {
  return unit.repeat(Math.min(times, Math.floor(most / Math.max(unit.length, 1))));
}

function changedTree(text: string, as: Mutation['as'], edits: readonly TreeEdit[]): string {
  let root: unknown;
  try {
    // A tree without aliases; one that holds itself is none.
    root = JSON.parse(JSON.stringify(loadAll(text)));
  } catch {
    return text;
  }
  for (const edit of edits) change(root, edit);
  const documents = root as readonly unknown[];
  if (as === 'json') return documents.map((each) => JSON.stringify(each)).join('\n---\n');
  return documents.map((each) => dump(each, { lineWidth: -1 })).join('---\n');
}

type Container = Record<string, unknown> | unknown[];

const isContainer = (node: unknown): node is Container => typeof node === 'object' && node !== null;

/** The containers of a tree with their keys, every place of it once. */
function placesOf(node: unknown): readonly (readonly [Container, string])[] {
  if (!isContainer(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => [[node, key] as const, ...placesOf(child)]);
}

function change(root: unknown, edit: TreeEdit): void {
  const places = placesOf(root);
  const found = places[edit.node % Math.max(places.length, 1)];
  if (!found) return;
  const [container, key] = found;
  const at = container as Record<string, unknown>;
  const old = at[key];
  const renamed = (name: string): void => {
    if (Array.isArray(container)) return;
    Reflect.deleteProperty(at, key);
    Object.defineProperty(at, name, {
      value: old,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  };
  switch (edit.op) {
    case 'set':
      at[key] = edit.value;
      return;
    case 'name':
      // What stands behind the name are modifiers: `CommandLine|contains`.
      renamed(edit.text + key.slice(key.includes('|') ? key.indexOf('|') : key.length));
      return;
    case 'drop':
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else Reflect.deleteProperty(at, key);
      return;
    case 'nest':
      for (let time = 0; time < edit.times; time++) at[key] = time % 2 ? { a: at[key] } : [at[key]];
      return;
    case 'many':
      many(
        container,
        key,
        Math.min(edit.times, Math.floor(most / JSON.stringify([key, old]).length)),
      );
      return;
    case 'long':
      at[key] = `${typeof old === 'string' ? old : ''}${bounded(edit.text, edit.times)}`;
      return;
    case 'long-name':
      renamed(bounded(edit.text, edit.times) + key);
  }
}

/** A member again and again, each time under another name or with another value. */
function many(container: Container, key: string, times: number): void {
  const old = (container as Record<string, unknown>)[key];
  for (let time = 0; time < times; time++) {
    if (Array.isArray(container)) {
      container.push(typeof old === 'string' ? `${old}${String(time)}` : old);
    } else {
      const [name, ...modifiers] = key.split('|');
      container[[`${name!}${String(time)}`, ...modifiers].join('|')] = old;
    }
  }
}
