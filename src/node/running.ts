/**
 * Whether another process of that id runs. Ids come again, in containers always the same ones: what
 * this process finds under its own is of one before it.
 */
export function runsElsewhere(id: number): boolean {
  if (id === process.pid) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
