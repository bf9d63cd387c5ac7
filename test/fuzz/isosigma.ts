import { main } from '../../src/cli/main.js';
import { exit } from '../../src/cli/exit.js';

/** What the running command has printed; undefined while there is none. */
let printed: Printed | undefined;

interface Printed {
  out: string;
  error: string;
}

for (const [name, stream, method] of [
  ['out', process.stdout, 'log'],
  ['error', process.stderr, 'error'],
] as const) {
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array) => {
    if (!printed) return write(text);
    printed[name] += String(text);
    return true;
  };
  const print = console[method].bind(console);
  console[method] = (...words: readonly unknown[]) => {
    if (printed) printed[name] += `${words.join(' ')}\n`;
    else print(...words);
  };
}

/**
 * Runs a command line in this process, where its processor time can be measured, and gives what it prints.
 * Exit code 70 is an error.
 */
export async function isosigma(words: readonly string[]): Promise<Readonly<Printed>> {
  const own = { out: '', error: '' };
  printed = own;
  try {
    const status = await main(words);
    if (status === exit.bug) throw new Error(own.error);
    return own;
  } finally {
    printed = undefined;
  }
}
