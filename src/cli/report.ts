import pc from 'picocolors';
import { hasErrors, printText, type Diagnostic, type TextStyle } from '../diagnostics/index.js';
import { exit, type Exit } from './exit.js';

const colours = pc.createColors(pc.isColorSupported && process.stderr.isTTY);

const colourOf = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
  quiet: 'dim',
} as const satisfies Record<TextStyle, string>;

/** Prints diagnostics for people on standard error, in colour on a terminal. */
export function report(diagnostics: readonly Diagnostic[]): Exit {
  if (diagnostics.length > 0) {
    process.stderr.write(
      printText(diagnostics, { colour: (style, text) => colours[colourOf[style]](text) }),
    );
  }
  return hasErrors(diagnostics) ? exit.errors : exit.clean;
}

/** A counter on a terminal's last line for long work; nothing elsewhere. */
export function progress(label: string, total: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done) => {
    process.stderr.write(
      done < total ? `\r${label} ${String(done)}/${String(total)}` : '\r\u001b[K',
    );
  };
}
