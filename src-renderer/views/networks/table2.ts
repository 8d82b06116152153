import type { Configuration } from '../../../src-main/workbench/contract.ts';

/** Table 2 of the paper: parameters in millions; null for the nets that it does not count. */
export const table2: Readonly<Record<Configuration, number | null>> = {
  A: 133,
  'A-LRN': 133,
  B: 133,
  C: 134,
  D: 138,
  E: 144,
  'B-5x5': null,
  'D-7x7': null,
  'E-skip': null,
  'E-gap': null,
  'plain-34': null,
  'resnet-34': null,
};
