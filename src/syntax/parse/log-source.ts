import { diagnostic } from '../../diagnostics/index.js';
import type { LogSource } from '../ast.js';
import { entryOf, type YamlMap } from '../yaml/tree.js';
import { customKeys } from './header.js';
import { firstLine, map, required, text, type Report } from './read.js';

const selectors = ['category', 'product', 'service'] as const;
const ownKeys: readonly string[] = [...selectors, 'definition'];

/** `logsource` (Sigma rules 2.1, "Log Source"): at least one of category, product and service. */
export function readLogSource(document: YamlMap, report: Report): LogSource | undefined {
  const node = required(document, 'logsource', firstLine(document.span), report);
  const part = node && map(node, 'logsource', report);
  if (!part) return undefined;
  const found: { [K in (typeof selectors)[number]]?: string } = {};
  for (const key of selectors) {
    const value = optionalText(part, key, report);
    // The specification writes them in lower case, with `_` for blanks.
    if (value !== undefined) found[key] = value.toLowerCase().replaceAll(' ', '_');
  }
  if (selectors.every((key) => found[key] === undefined)) {
    report(diagnostic('rule/empty-logsource', firstLine(part.span), {}));
  }
  const definition = optionalText(part, 'definition', report);
  return {
    ...found,
    ...(definition !== undefined && { definition }),
    custom: customKeys(part, (key) => ownKeys.includes(key)),
    span: part.span,
  };
}

function optionalText(part: YamlMap, key: string, report: Report): string | undefined {
  const node = entryOf(part, key)?.value;
  return node && text(node, key, report)?.value;
}
