/**
 * An expression of a manifest, by which it decides what fits: over code points, and with a dot that stands
 * for every one of them, line ends and separators too (schema/backend.schema.json, format `expression`).
 */
export function expressionOf(source: string): RegExp {
  return new RegExp(source, 'su');
}
