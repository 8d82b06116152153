import type { Configuration } from '../../../src-main/workbench/contract.ts';

export interface PaperFigures {
  /** Weight layers, of the head of Table 1. */
  depth: number;
  /** Table 2, in millions. */
  parameters: number;
}

/** What the paper says of a net; nothing of the one of Sect. 4.1. */
export const paperFigures: Readonly<Record<Configuration, PaperFigures | null>> = {
  A: { depth: 11, parameters: 133 },
  'A-LRN': { depth: 11, parameters: 133 },
  B: { depth: 13, parameters: 133 },
  C: { depth: 16, parameters: 134 },
  D: { depth: 16, parameters: 138 },
  E: { depth: 19, parameters: 144 },
  'B-5x5': null,
};
