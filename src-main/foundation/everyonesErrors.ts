import type { ErrorCode } from './errors.ts';

/** If a run ends with one of these errors, the next one would too. */
export const everyonesErrors: ReadonlySet<string> = new Set<ErrorCode>([
  'disk-full',
  'write-failed',
  'database-unwritable',
  'database-corrupt',
]);
