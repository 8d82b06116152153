import type { Configuration } from '../../../src-main/workbench/contract.ts';

/** Table 2 of the paper: parameters in millions. It does not count the net of Sect. 4.1. */
export const table2: Readonly<Record<Configuration, number | null>> = {
  A: 133,
  'A-LRN': 133,
  B: 133,
  C: 134,
  D: 138,
  E: 144,
  'B-5x5': null,
};
