import { DEFAULT_SCALAR_STYLE_RULES, SCALAR_STYLE, dump } from 'js-yaml';
import type { Json } from '../syntax/index.js';
import type { Syntax } from './format.js';
import { printToml } from './print-toml.js';

/** A value in the syntax of its file, ending with a line break. */
export function print(value: Json, syntax: Syntax): string {
  switch (syntax) {
    case 'yaml':
      return printYaml(value);
    case 'ndjson':
      return (value as readonly Json[]).map((line) => `${JSON.stringify(line)}\n`).join('');
    case 'toml':
      return printToml(value as Readonly<Record<string, Json>>);
    case 'json':
    case 'arm':
      return `${JSON.stringify(value, null, 2)}\n`;
    case 'text':
      return value as string;
    default:
      throw new Error(`${syntax} is laid out by a template`);
  }
}

const beyondAscii = /[^\n\x20-\x7e]/u;

/** YAML in pure ASCII, which Sentinel's repository demands: other texts are double-quoted, with `\u`. */
function printYaml(value: Json): string {
  const text = dump(value, {
    lineWidth: -1,
    noRefs: true,
    scalarStyleRules: [
      ...Object.values(DEFAULT_SCALAR_STYLE_RULES),
      (layout) => {
        if (beyondAscii.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
      },
    ],
  });
  return text.replace(/[^\n\x20-\x7e]/gu, (char) => {
    const code = char.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** What a slot's text must look like in the syntax: in ARM a text in brackets is an expression. */
export function escapeFor(syntax: Syntax): (text: string) => string {
  if (syntax !== 'arm') return (text) => text;
  return (text) => (text.startsWith('[') && text.endsWith(']') ? `[${text}` : text);
}
