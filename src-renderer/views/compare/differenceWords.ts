import type { PairedComparison } from '../../../src-main/workbench/contract.ts';

/** What the difference of two runs says: who errs less, or that these images do not show it. */
export function differenceWords(
  { low, high, images }: Pick<PairedComparison, 'low' | 'high' | 'images'>,
  first: string,
  second: string,
): string {
  if (high < 0) return `${first} errs less than ${second} on these images, beyond chance.`;
  if (low > 0) return `${second} errs less than ${first} on these images, beyond chance.`;
  return `These ${images} images do not show which of the two errs less.`;
}
