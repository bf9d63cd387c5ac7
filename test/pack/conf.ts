/** A Splunk .conf file as Splunk reads it: stanzas of keys; a backslash at the end of a line goes on. */
export function readConf(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const stanzas = new Map<string, Map<string, string>>();
  let current = new Map<string, string>();
  for (const line of text.replace(/\\\n/g, '').split('\n')) {
    const stanza = /^\[(.*)\]\s*$/.exec(line)?.[1];
    if (stanza !== undefined) {
      if (stanzas.has(stanza)) throw new Error(`two stanzas ${stanza}`);
      stanzas.set(stanza, (current = new Map<string, string>()));
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      const at = line.indexOf('=');
      if (at < 0) throw new Error(`no key: ${line}`);
      const key = line.slice(0, at).trim();
      if (current.has(key)) throw new Error(`twice ${key}`);
      current.set(key, line.slice(at + 1).trim());
    }
  }
  return stanzas;
}

/** The files of a tar archive with what stands in their headers. */
export function readTar(tar: Uint8Array) {
  const bytes = Buffer.from(tar);
  const entries: { path: string; mode: number; type: string; mtime: number; text: string }[] = [];
  for (let at = 0; bytes[at] !== 0;) {
    const field = (from: number, length: number) =>
      bytes.toString('utf8', at + from, at + from + length).replace(/\0.*$/, '');
    const size = parseInt(field(124, 12), 8);
    entries.push({
      path: [field(345, 155), field(0, 100)].filter(Boolean).join('/'),
      mode: parseInt(field(100, 8), 8),
      type: field(156, 1),
      mtime: parseInt(field(136, 12), 8),
      text: bytes.toString('utf8', at + 512, at + 512 + size),
    });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}
