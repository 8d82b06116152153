import type { RunConfig } from '../configuration/schema.ts';
import type { Split } from './findings.ts';

/** The images that a run needs: one that does not train needs training images only for their mean. */
export function splitsOf({ training, data }: Pick<RunConfig, 'training' | 'data'>): Split[] {
  return training.epochs > 0 || data.mean === 'training-set' ? ['train', 'val'] : ['val'];
}
