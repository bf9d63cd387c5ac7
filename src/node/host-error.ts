import { getSystemErrorMap } from 'node:util';

/** Why the operating system refused a call, as `permission denied (EACCES)`; undefined for other errors. */
export function hostReason(error: unknown): string | undefined {
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || errno === undefined || syscall === undefined) return undefined;
  return `${getSystemErrorMap().get(errno)?.[1] ?? syscall} (${code})`;
}
