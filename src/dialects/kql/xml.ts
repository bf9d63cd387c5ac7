import type { Dynamic } from './value.js';

const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;

interface Element {
  readonly name: string;
  readonly content: Map<string, Dynamic>;
  text: string;
}

/**
 * `parse_xml`: attributes become `@name`, text beside them `#text`, elements of one name an array,
 * an element of text only its text. Null if the text is no XML.
 */
export function parseXml(source: string): Dynamic {
  const root: Element = { name: '', content: new Map(), text: '' };
  const open: Element[] = [root];
  let read = 0;
  for (const match of source.matchAll(token)) {
    const [whole, cdata, closing, opening, attributes = '', selfClosing, text] = match;
    read += whole.length;
    const current = open.at(-1)!;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += decoded(text);
    else if (closing !== undefined) {
      if (open.length < 2 || current.name !== closing) return null;
      open.pop();
      place(open.at(-1)!, current);
    } else if (opening !== undefined) {
      const element: Element = { name: opening, content: new Map(), text: '' };
      for (const [, name, , double, single] of attributes.matchAll(
        /([\w:.-]+)\s*=\s*("([^"]*)"|'([^']*)')/g,
      )) {
        element.content.set(`@${name!}`, decoded(double ?? single ?? ''));
      }
      if (selfClosing) place(current, element);
      else open.push(element);
    }
  }
  if (read !== source.length || open.length > 1 || root.text.trim() !== '') return null;
  return root.content.size === 1 ? root.content : null;
}

function place(parent: Element, { name, content, text }: Element): void {
  const trimmed = text.trim();
  if (trimmed !== '' && content.size > 0) content.set('#text', trimmed);
  const value: Dynamic = content.size > 0 ? content : trimmed === '' ? null : trimmed;
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
