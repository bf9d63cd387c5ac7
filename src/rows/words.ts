/** ASCII letters to lower case: words of Sigma and of targets are told apart without case. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether the text is the wanted one, in which `*` is any run of characters. */
export function isLike(wanted: string, text: string, cased: boolean): boolean {
  const own = cased ? text : lower(text);
  const [start = '', ...pieces] = (cased ? wanted : lower(wanted)).split('*');
  const end = pieces.pop();
  if (end === undefined) return own === start;
  if (!own.startsWith(start)) return false;
  let at = start.length;
  for (const piece of pieces) {
    const found = own.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return own.length - end.length >= at && own.endsWith(end);
}
