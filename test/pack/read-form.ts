/** A form as `ads:` content: every part as the Markdown that stands in it. */
export function readForm(form: string): Readonly<Record<string, unknown>> {
  const [title = '', ...lines] = form.split('\n');
  const ads: Record<string, unknown> = {
    level: /^#+/.exec(title)![0],
    title: title.replace(/^#+ /, ''),
  };
  const order: string[] = [];
  const headings: Record<string, string> = {};
  const bodies: Record<string, string[]> = {};
  let fenced = false;
  for (const line of lines) {
    if (line.startsWith('```')) fenced = !fenced;
    const part = fenced ? undefined : partOf(line);
    if (part !== undefined && !order.includes(part)) {
      order.push(part);
      headings[part] = line;
      bodies[part] = [];
    } else bodies[order.at(-1) ?? '']?.push(line);
  }
  for (const part of order) {
    if (bodies[part]![0] !== '') headings[part] = `${headings[part]!}\n`;
    const body = bodies[part]!.join('\n').replace(/^\n/, '').replace(/\n+$/, '');
    ads[part] = part === 'query' ? /^```\n([^]*)\n```$/.exec(body)?.[1] : body;
  }
  return { ...ads, headings, order };
}

const parts: readonly (readonly [RegExp, string])[] = [
  [/^#+ description/i, 'description'],
  [/^(?:#+ |\*\*)example/i, 'example'],
  [/^(?:#+ |\*\*)related/i, 'related'],
  [/^(?:#+ |\*\*)reference/i, 'references'],
  [/^#+ ATT&CK/i, 'attack'],
  [/^#+ SENTINEL RULE QUERY/i, 'query'],
  [/^#+ triage/i, 'triage'],
  [/^#+ false ?positive/i, 'false-positives'],
  [/^#+ version/i, 'version'],
];

function partOf(line: string): string | undefined {
  return parts.find(([pattern]) => pattern.test(line))?.[1];
}
