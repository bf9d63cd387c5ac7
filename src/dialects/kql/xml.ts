import type { Dynamic } from './value.js';

const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;

interface Element {
  readonly name: string;
  readonly content: Map<string, Dynamic>;
}

const longest = 1_048_576;
const strayAmpersand = /&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)/i;

/**
 * `parse_xml`: attributes become `@name`, text beside them `#text`, elements of one name an array,
 * an element of text only its text. Null if the text is no XML, or longer than 1 MB; undefined where
 * the page does not tell what becomes of it: text in several pieces, CDATA, a DOCTYPE.
 *
 * @see https://learn.microsoft.com/kusto/query/parse-xml-function
 */
export function parseXml(source: string): Dynamic | undefined {
  if (source.length > longest || strayAmpersand.test(source)) return null;
  if (/<!(?!--)/.test(source)) return undefined;
  const root: Element = { name: '', content: new Map() };
  const open: Element[] = [root];
  let read = 0;
  for (const match of source.matchAll(token)) {
    const [whole, closing, opening, attributes = '', selfClosing, text] = match;
    read += whole.length;
    const current = open.at(-1)!;
    if (text !== undefined && text.trim() !== '') {
      if (current === root) return null;
      if (current.content.has('#text')) return undefined;
      current.content.set('#text', decoded(text.trim()));
    } else if (closing !== undefined) {
      if (open.length < 2 || current.name !== closing) return null;
      open.pop();
      place(open.at(-1)!, current);
    } else if (opening !== undefined) {
      const element: Element = { name: opening, content: new Map() };
      for (const [, name, , double, single] of attributes.matchAll(
        /([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')/g,
      )) {
        element.content.set(`@${name!}`, decoded(double ?? single ?? ''));
      }
      if (selfClosing) place(current, element);
      else open.push(element);
    }
  }
  if (read !== source.length || open.length > 1) return null;
  return root.content.size === 1 ? root.content : null;
}

function place(parent: Element, { name, content }: Element): void {
  const text = content.size === 1 ? content.get('#text') : undefined;
  const value: Dynamic = text ?? (content.size > 0 ? content : null);
  const before = parent.content.get(name);
  if (!parent.content.has(name)) parent.content.set(name, value);
  else if (Array.isArray(before)) parent.content.set(name, [...(before as Dynamic[]), value]);
  else parent.content.set(name, [before ?? null, value]);
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : whole;
      const point = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
