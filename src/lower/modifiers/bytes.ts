/** UTF-8. */
export function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap((char) => {
    const code = char.codePointAt(0)!;
    const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

/** UTF-16; `bom` is little endian behind a byte order mark. */
export function utf16(text: string, order: 'le' | 'be' | 'bom'): readonly number[] {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  if (order === 'be') return units.flatMap((unit) => [unit >> 8, unit & 0xff]);
  return (order === 'bom' ? [0xfeff, ...units] : units).flatMap((unit) => [unit & 0xff, unit >> 8]);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, with padding. */
export function base64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second, third] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!;
    text += second === undefined ? '=' : alphabet[(group >> 6) & 63]!;
    text += third === undefined ? '=' : alphabet[group & 63]!;
  }
  return text;
}
