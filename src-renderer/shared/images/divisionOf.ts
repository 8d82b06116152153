import type { SplitChoice } from '../../../src-main/workbench/contract.ts';

/** How the images of a run are divided, if they come without validation images. */
export function divisionOf(data: SplitChoice | undefined): SplitChoice {
  return { validationShare: data?.validationShare ?? null, splitSeed: data?.splitSeed ?? 1 };
}
