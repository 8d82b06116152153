import type { Configuration } from '../../../src-main/workbench/contract.ts';

/** Two nets that differ in one thing. */
export interface NetComparison {
  left: Configuration;
  right: Configuration;
  /** What differs. */
  about: string;
}

export const comparisons: readonly NetComparison[] = [
  { left: 'D', right: 'D-7x7', about: 'Three 3×3 or one 7×7' },
  { left: 'B', right: 'B-5x5', about: 'Two 3×3 or one 5×5' },
  { left: 'C', right: 'D', about: '1×1 or 3×3' },
  { left: 'E', right: 'E-skip', about: 'Identity shortcuts' },
  { left: 'E', right: 'E-gap', about: 'Average in place of FC' },
  { left: 'plain-34', right: 'resnet-34', about: 'Residual learning' },
];
