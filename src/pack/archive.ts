import { gzipSync, strToU8, zipSync } from 'fflate';

/** A file of an archive: its path with slashes, and its bytes. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** 1 January 1980, where the clock of a ZIP begins, in every time zone. */
const zipEpoch = (): Date => new Date(1980, 0, 1);

/** The files as an archive. Equal files give equal bytes: order, times, owners and modes are fixed. */
export function archive(files: readonly ArchiveFile[], kind: 'tar.gz' | 'zip'): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return kind === 'zip' ? zip(sorted) : gzipSync(tar(sorted), { level: 9, mtime: 0 });
}

function zip(files: readonly ArchiveFile[]): Uint8Array {
  const mode = (0o100644 << 16) >>> 0;
  return zipSync(
    Object.fromEntries(
      files.map(({ path, bytes }) => [
        path,
        [bytes, { level: 9, mtime: zipEpoch(), os: 3, attrs: mode }],
      ]),
    ),
  );
}

const block = 512;

/** POSIX ustar with its folders, 0755 and 0644, owner 0, time 0. */
function tar(files: readonly ArchiveFile[]): Uint8Array {
  const entries = files.flatMap(({ path, bytes }, at) => [
    ...newFolders(path, files[at - 1]?.path).map((folder) => header(folder, 0o755, 0, '5')),
    header(path, 0o644, bytes.length, '0'),
    padded(bytes),
  ]);
  return concat([...entries, new Uint8Array(2 * block)]);
}

/** The folders of a path that the path before it did not have. */
function newFolders(path: string, before = ''): readonly string[] {
  const folders = (each: string) => each.split('/').slice(0, -1);
  const had = new Set(folders(before).map((_, at, all) => all.slice(0, at + 1).join('/')));
  return folders(path)
    .map((_, at, all) => all.slice(0, at + 1).join('/'))
    .filter((folder) => !had.has(folder))
    .map((folder) => `${folder}/`);
}

/** A header block (POSIX.1-1988 ustar); a long path is cut at a slash into prefix and name. */
function header(path: string, mode: number, size: number, type: string): Uint8Array {
  const bytes = new Uint8Array(block);
  const put = (at: number, text: string) => bytes.set(strToU8(text), at);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  const cutAt = strToU8(path).length <= 100 ? -1 : path.indexOf('/', path.length - 101);
  if (strToU8(path).length > 100 && (cutAt < 0 || cutAt > 155))
    throw new Error(`${path} is too long for an archive`);
  put(0, path.slice(cutAt + 1));
  put(100, octal(mode, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(size, 12));
  put(136, octal(0, 12));
  put(148, '        ');
  put(156, type);
  put(257, 'ustar\x0000');
  put(329, octal(0, 8));
  put(337, octal(0, 8));
  if (cutAt >= 0) put(345, path.slice(0, cutAt));
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return bytes;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / block) * block);
  whole.set(bytes);
  return whole;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
