import { datasetText } from './datasetText.ts';
import { shownTrainScale } from './scales.ts';

/** A value of the configuration as it is shown, as opposed to written for a program: datasets, and a range of S. */
export function shownValue(key: string, value: unknown): unknown {
  if (key === 'data.dataset' && typeof value === 'string') return datasetText(value);
  return key === 'data.trainScale' && Array.isArray(value) ? shownTrainScale(value.map(Number)) : value;
}
