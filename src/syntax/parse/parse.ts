import type { Diagnostic, SourceFile } from '../../diagnostics/index.js';
import type { BrokenDocument, Document } from '../ast.js';
import { readDocuments } from '../yaml/read.js';
import type { Yaml } from '../yaml/tree.js';
import { applyAction, type Carried } from './collection.js';
import { readDocument } from './document.js';
import { wrongType } from './read.js';

/**
 * The Sigma documents of the files, in order (Sigma 2.1: detection rules, correlation rules,
 * filters). One that has an error in it is `broken`, and holds it; the others are not touched.
 */
export function parse(sources: readonly SourceFile[]): readonly Document[] {
  return sources.flatMap(parseFile);
}

function parseFile(source: SourceFile): readonly Document[] {
  let carried: Carried = {};
  return readDocuments(source).flatMap((read): readonly Document[] => {
    if (!read.ok) return [broken(source, read.diagnostics)];
    const tree = read.value;
    if (isNothing(tree)) return [];
    const diagnostics: Diagnostic[] = [...read.diagnostics];
    const report = (problem: Diagnostic): unknown => diagnostics.push(problem);
    if (tree.kind !== 'map') {
      wrongType(tree, 'a Sigma document', 'a map', report);
      return [broken(source, diagnostics)];
    }
    const step = applyAction(tree, carried, report);
    carried = step.carried;
    return step.rule ? [readDocument(step.rule, diagnostics)] : [];
  });
}

/** A document without content, as between two `---` lines. */
function isNothing(tree: Yaml): boolean {
  return tree.kind === 'scalar' && tree.value === null;
}

function broken(source: SourceFile, diagnostics: readonly Diagnostic[]): BrokenDocument {
  const span = diagnostics[0]?.span ?? { source, start: 0, end: 0 };
  return { kind: 'broken', span, diagnostics };
}
