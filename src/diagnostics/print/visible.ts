// Rules are untrusted: whatever could move the cursor, recolour the terminal or turn the direction
// of writing is shown as its code.
const hidden =
  /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;
const hiddenOne = new RegExp(hidden.source, 'u');

const combining = /^[\p{Mn}\p{Me}]$/u;
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}])$/u;

/** The text with all that a terminal would act on written out: `\u001b`, `\n`. */
export function visible(text: string): string {
  return text.replace(hidden, (character) => escape(character));
}

/** One code point as it is shown, and the columns it takes in a terminal. */
export function shown(character: string): { readonly text: string; readonly width: number } {
  if (character >= ' ' && character <= '~') return { text: character, width: 1 };
  if (character === '\t') return { text: '  ', width: 2 };
  if (hiddenOne.test(character)) {
    const text = escape(character);
    return { text, width: text.length };
  }
  return { text: character, width: combining.test(character) ? 0 : wide.test(character) ? 2 : 1 };
}

function escape(character: string): string {
  const names: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const code = character.codePointAt(0)!.toString(16).padStart(4, '0');
  return names[character] ?? `\\u${code}`;
}
