import { standardError } from '../statistics/standardError.ts';
import type { TableOptions } from '../vocabulary/tableOptions.ts';
import type { Result } from './resultTable.ts';

export type ErrorName = 'top1' | 'top5';

/** Our error of a row, in %. */
export function errorOf(result: Result, name: ErrorName): number {
  return result[`${name}Error`];
}

/** What stands after ±, in percentage points; null for a single seed where it is over seeds. */
export function spreadOf(result: Result, name: ErrorName, spread: TableOptions['spread']): number | null {
  if (spread === 'none') return null;
  if (spread === 'images') return standardError(errorOf(result, name), result.images);
  return result[`${name}Deviation`];
}
