import type { RunConfig } from '../configuration/schema.ts';
import type { Split } from './findings.ts';

/** The images that a run needs: one that does not train needs training images only for their statistics. */
export function splitsOf({ training, data }: Pick<RunConfig, 'training' | 'data'>): Split[] {
  return training.epochs > 0 || needsStatistics(data) ? ['train', 'val'] : ['val'];
}

/** Whether a configuration takes the mean or the deviation from the training images. */
export function needsStatistics({ mean, deviation }: RunConfig['data']): boolean {
  return mean === 'training-set' || deviation === 'training-set';
}
