import type { Json } from '../dialects/index.js';
import type { Field } from '../ir/index.js';
import type { Side } from './event-sides.js';
import type { Forms } from './stream-rows.js';

type Form = (number: number) => Json;

/** Ways to write the n-th key; which of them a field takes, only the row mapper knows. */
const keyForms: readonly Form[] = [
  (number) => `key ${number + 1}`,
  (number) => `192.0.2.${number + 1}`,
  (number) => String(number + 1),
  (number) => `0x${(number + 1).toString(16)}`,
  (number) => `C:\\keys\\key ${number + 1}.exe`,
  (number) => `HKLM\\Software\\key ${number + 1}`,
  (number) => new Date(number * 86_400_000).toISOString(),
];

const valueForms: readonly Form[] = [(number) => number * 7 - 3, ...keyForms];

/**
 * How the keys and values of a correlation are written: as every target of it can hold them, and one
 * component of a key the same way in all rules. Undefined where nothing fits.
 */
export function formsFor(sides: readonly Side[]): Forms | undefined {
  const asked = new Map<string, [Side, Field][]>();
  const words = new Map<Field, string>();
  for (const side of sides) {
    const { keys, names, values } = side.before.leaf;
    const ask = (what: string, field: Field) =>
      asked.set(what, [...(asked.get(what) ?? []), [side, field]]);
    keys.forEach((field, at) => {
      ask(`key ${names[at]!}`, field);
      const { absent } = side.after.leaf.keys[at]!;
      if (absent !== undefined) words.set(field, absent);
    });
    values.forEach((field) => ask('value', field));
  }
  const chosen = new Map<Field, Form>();
  for (const [what, fields] of asked) {
    const form = (what === 'value' ? valueForms : keyForms).find((form) =>
      fields.every(([side, field]) => isHeld(side, field, form)),
    );
    if (!form) return undefined;
    for (const [, field] of fields) chosen.set(field, form);
  }
  return {
    key: (number, field) => {
      const form = chosen.get(field)!;
      if (number === 0 && words.has(field)) return words.get(field)!;
      return number === 'several' ? [form(0), form(1)] : form(number);
    },
    value: (number, field) => chosen.get(field)!(number),
    held: (held) => held,
  };
}

/** Whether the target can hold such values of the field. */
function isHeld({ before, toRow }: Side, { name }: Field, form: Form): boolean {
  return before.rows.some((event) =>
    [0, 1].every((number) => toRow({ ...event, [name]: form(number) })),
  );
}
