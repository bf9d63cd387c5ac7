/** A correlation to be written; texts are as YAML decodes them. */
export interface NewCorrelation {
  readonly type: string;
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly timespan: string;
  /** Keys with their values, or an extended condition; nothing if empty. */
  readonly condition: readonly (readonly [string, string])[] | string;
}

/** The lines of a `correlation:` entry, indented as the author does. */
export function correlationLines(correlation: NewCorrelation, indent: string): string {
  const { type, rules, groupBy, timespan, condition } = correlation;
  const block = (key: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${key}:`, ...items.map((item) => indent + item)];
  const lines = [
    `type: ${type}`,
    ...block('rules', rules.map(listed)),
    ...block('group-by', groupBy.map(listed)),
    `timespan: ${timespan}`,
    ...(typeof condition === 'string'
      ? [`condition: ${condition}`]
      : block(
          'condition',
          condition.map(([key, text]) => `${key}: ${text}`),
        )),
  ];
  return ['correlation:', ...lines.map((line) => indent + line), ''].join('\n');
}

function listed(text: string): string {
  return `- ${scalar(text)}`;
}

/** A text as a YAML scalar: plain where nothing can be misread, else in double quotes. */
export function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z_][\w.,()/-]*(?: [\w.,()/-]+)*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** A name for a rule that an extended condition can use: lower case, and no other rule's. */
export function freshName(words: string, taken: Set<string>): string {
  const stem = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  const base = /^[a-z]/.test(stem) ? stem : `rule_${stem}`;
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
  taken.add(name);
  return name;
}
