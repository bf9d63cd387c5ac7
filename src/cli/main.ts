import yargs from 'yargs';
import type { Arguments } from './command.js';
import { commands } from './commands/index.js';
import { diagnostic } from '../diagnostics/index.js';
import { hostReason } from '../node/index.js';
import { exit, type Exit } from './exit.js';
import { report } from './report.js';

/** yargs drops a bare `-` among several paths, so standard input has another name until they are read. */
const standardInput = '<stdin>';

/** Runs one command line and says what the shell is to be told. */
export async function main(words: readonly string[]): Promise<Exit> {
  let result: Exit = exit.clean;
  const named = (word: string) => commands.find(({ name }) => name === word);
  // Behind a first word that is no command, none is meant: `convrt test` is a slip, not a test.
  const at = words[0]?.startsWith('-') ? words.findIndex(named) : 0;
  const command = named(words[at] ?? '');
  const rest = command ? words.toSpliced(at, 1) : words;
  const parser = yargs(rest.map((word) => (word === '-' ? standardInput : word)))
    .scriptName(command ? `isosigma ${command.name}` : 'isosigma')
    .strict()
    .wrap(process.stdout.isTTY ? Math.min(process.stdout.columns, 110) : 100)
    .help()
    .alias('h', 'help')
    .version()
    .alias('V', 'version')
    .exitProcess(false)
    .fail((message: string | undefined, error: Error | undefined, usage) => {
      if (error instanceof Error) throw error;
      // A slip is told once: yargs goes on to its next check.
      if (result === exit.usage) return;
      usage.showHelp('error');
      console.error(`\n${message ?? ''}`);
      result = exit.usage;
    });
  if (command) {
    // The default command: yargs lays out the help of a named one whenever it is called.
    parser.command({
      command: `$0 ${command.usage}`,
      describe: command.about,
      builder: command.options,
      handler: async (args) => {
        // yargs goes on after a failed check.
        if (result === exit.clean) result = await command.run(withStandardInput(args));
      },
    });
  } else {
    parser
      .usage('$0 <command>\n\nSigma rules to KQL, SPL, EQL and ES|QL, shown to mean the same.')
      .demandCommand(1, 'Say what to do: one of the commands above.')
      .recommendCommands();
    for (const { name, usage, about } of commands) parser.command(`${name} ${usage}`, about);
  }
  try {
    await parser.parseAsync();
  } catch (error) {
    const reason = hostReason(error);
    if (reason !== undefined) {
      const { path = 'the system' } = error as NodeJS.ErrnoException;
      return report([diagnostic('cli/refused-by-host', undefined, { path, reason })]);
    }
    console.error(
      `isosigma: this is a bug of ours, please report it\n${String((error as Error).stack)}`,
    );
    return exit.bug;
  }
  return result;
}

function withStandardInput(args: Arguments): Arguments {
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    return value === standardInput ? '-' : value;
  };
  return {
    ...args,
    ...Object.fromEntries(Object.entries(args).map(([key, value]) => [key, named(value)])),
  };
}
