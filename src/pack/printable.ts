/** No control character, and none that turns the direction of what follows. */
export function printable(text: string, space: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, () => space)
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}
