import { didYouMean, outcome } from '../../diagnostics/index.js';
import type { Diagnostic, Outcome, Span } from '../../diagnostics/index.js';
import type { Json } from '../ast.js';
import { entryOf, toJson, type Yaml } from './tree.js';

/**
 * A validator that scripts/bundle/schemas.mjs made of `schema/<name>.schema.json`; it stands in
 * `src/bundled/<name>-schema.ts` as `validate`.
 */
export interface SchemaValidator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** An error of ajv, as far as it is read here (ajv's `verbose` option is on). */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly parentSchema?: { readonly properties?: object; readonly description?: string };
}

/** Makes the diagnostic of one violation: callers choose the code, `reason` is its text. */
export type SchemaReport = (
  span: Span,
  reason: string,
  extra: Pick<Diagnostic, 'help'>,
) => Diagnostic;

/** The node's plain value if it fits the schema, otherwise one diagnostic a violation, placed. */
export function checkSchema(
  validate: SchemaValidator,
  node: Yaml,
  report: SchemaReport,
): Outcome<Json> {
  const value = toJson(node);
  if (validate(value)) return outcome(value, []);
  const diagnostics = essential(validate.errors ?? []).map((error) => {
    const { span, key } = locate(node, error);
    const { reason, extra } = explain(error, key);
    return report(span, reason, extra);
  });
  return outcome(value, diagnostics);
}

/**
 * Of alternatives that all fail, only the complaints that go deepest are about what was meant;
 * without any, that nothing fits is all there is to say.
 */
function essential(errors: readonly SchemaError[]): readonly SchemaError[] {
  let kept = errors.filter(({ keyword }) => keyword !== 'if');
  for (const container of errors) {
    if (container.keyword !== 'anyOf' && container.keyword !== 'oneOf') continue;
    const branches = kept.filter((error) => isInside(error, container));
    const deepest = branches.reduce((most, error) => Math.max(most, depth(error)), 0);
    const meant = branches.filter((error) => depth(error) === deepest);
    const dropped = new Set(branches);
    if (deepest > depth(container)) {
      dropped.add(container);
      for (const error of meant) dropped.delete(error);
    }
    kept = kept.filter((error) => !dropped.has(error));
  }
  return kept;
}

function depth({ instancePath }: SchemaError): number {
  return instancePath.split('/').length;
}

function isInside(error: SchemaError, container: SchemaError): boolean {
  return error !== container && error.schemaPath.startsWith(`${container.schemaPath}/`);
}

/** The node that an error is about, or the key where a key is wrong. */
function locate(root: Yaml, error: SchemaError): { readonly span: Span; readonly key: string } {
  let node = root;
  let span = root.span;
  let key = '';
  for (const part of error.instancePath.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next: Yaml | undefined =
      node.kind === 'list'
        ? node.items[Number(name)]
        : node.kind === 'map'
          ? entryOf(node, name)?.value
          : undefined;
    if (!next) break;
    if (node.kind === 'map') key = name;
    node = next;
    span = next.span;
  }
  const extra = error.params['additionalProperty'] ?? error.params['unevaluatedProperty'];
  const wrongKey = node.kind === 'map' ? entryOf(node, String(extra))?.key : undefined;
  if (wrongKey) return { span: wrongKey.span, key };
  // A whole map or list would underline pages: its first line is enough.
  const text = span.source.text.slice(span.start, span.end);
  const lineEnd = text.indexOf('\n');
  return { span: lineEnd < 0 ? span : { ...span, end: span.start + lineEnd }, key };
}

function explain(
  { keyword, params, parentSchema, message = '' }: SchemaError,
  key: string,
): { readonly reason: string; readonly extra: Pick<Diagnostic, 'help'> } {
  const of = key === '' ? '' : ` of '${key}'`;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const unknown = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const known = Object.keys(parentSchema?.properties ?? {});
      return { reason: `there is no key '${unknown}' here`, extra: didYouMean(unknown, known) };
    }
    case 'required':
      return { reason: `the key '${String(params['missingProperty'])}' is missing`, extra: {} };
    case 'enum':
      return {
        reason: `the value${of} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
        extra: {},
      };
    case 'const':
      return { reason: `the value${of} must be ${String(params['allowedValue'])}`, extra: {} };
    case 'type':
      return { reason: `the value${of} must be ${typeName(params['type'])}`, extra: {} };
    case 'pattern':
    case 'anyOf':
    case 'oneOf':
      return {
        reason: `the value${of} has none of the forms that it may have`,
        extra: parentSchema?.description === undefined ? {} : { help: parentSchema.description },
      };
    default:
      return { reason: `the value${of} ${message}`, extra: {} };
  }
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'empty',
};

function typeName(type: unknown): string {
  return [type]
    .flat()
    .map((each) => typeNames[String(each)] ?? String(each))
    .join(' or ');
}
