/** Cells in columns, two blanks apart; control characters as escapes, so that no cell moves the cursor. */
export function table(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(visible));
  const widths =
    shown[0]?.map((_, at) => shown.reduce((most, row) => Math.max(most, row[at]!.length), 0)) ?? [];
  return shown
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function visible(cell: string): string {
  return cell.replace(/\p{Cc}/gu, (char) => JSON.stringify(char).slice(1, -1));
}
