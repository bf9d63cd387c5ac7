import type { Yaml } from '../syntax/index.js';
import type { Problems } from './read.js';
import type { Transformation } from './transformation.js';

export function readTransformations(
  node: Yaml | undefined,
  problems: Problems,
): readonly Transformation[] {
  void node;
  void problems;
  return [];
}
