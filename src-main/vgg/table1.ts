import type { Configuration } from '../configuration/schema.ts';

/**
 * Table 1 of the paper: five blocks, a max-pool after each. `3-64` is a convolution with 3×3 filters and 64 outputs.
 * The last row is the shallow form of B of Sect. 4.1, each pair of 3×3 layers replaced by one of 5×5.
 * This is the only place that knows what A to E are.
 */
export const table1: Readonly<Record<Configuration, string>> = {
  A: '3-64 | 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  'A-LRN': '3-64 LRN | 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  B: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 | 3-512 3-512 | 3-512 3-512',
  C: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 1-256 | 3-512 3-512 1-512 | 3-512 3-512 1-512',
  D: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 3-256 | 3-512 3-512 3-512 | 3-512 3-512 3-512',
  E: '3-64 3-64 | 3-128 3-128 | 3-256 3-256 3-256 3-256 | 3-512 3-512 3-512 3-512 | 3-512 3-512 3-512 3-512',
  'B-5x5': '5-64 | 5-128 | 5-256 | 5-512 | 5-512',
};

/** Channels of the two hidden fully-connected layers. */
export const hiddenChannels = 4096;
