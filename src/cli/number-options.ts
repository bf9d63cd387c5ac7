import type { Argv } from 'yargs';

interface NumberOption {
  readonly describe: string;
  readonly default: number;
  /** Both are taken. */
  readonly least: number;
  readonly most: number;
}

/** Options that are whole numbers within bounds; anything else is a wrong call. */
export function numberOptions(yargs: Argv, options: Readonly<Record<string, NumberOption>>): Argv {
  for (const [name, { describe, default: value, least, most }] of Object.entries(options)) {
    yargs
      .option(name, {
        // Read here: yargs makes NaN of what is no number, and forgets what it was.
        type: 'string',
        default: value,
        describe: `${describe}, ${least} to ${most}`,
        coerce: (given: unknown) => (/^-?\d+$/.test(String(given)) ? Number(given) : given),
      })
      .check(({ [name]: given = value }) => {
        const isIn = typeof given === 'number' && given >= least && given <= most;
        return (
          isIn || `--${name} takes a whole number from ${least} to ${most}, not ${String(given)}.`
        );
      });
  }
  return yargs;
}
