import type { RunConfig } from '../../configuration/schema.ts';
import { WorkbenchError } from '../../foundation/errors.ts';

/**
 * Refuses a mean or a deviation for pixels of 0–1, in which other programs give them: pixels are 0–255 here, and the net
 * would see something else without a word.
 *
 * @throws WorkbenchError `invalid-value`
 */
export function requirePixelScale({ data }: Pick<RunConfig, 'data'>): void {
  const { mean, deviation } = data;
  if (isOfUnit(mean) && mean.some((value) => value !== 0)) throw ofUnit('data.mean', mean);
  if (isOfUnit(deviation) && deviation.some((value) => value < 1)) throw ofUnit('data.deviation', deviation);
}

function isOfUnit(values: RunConfig['data']['mean']): values is [number, number, number] {
  return typeof values !== 'string' && values.every((value) => value >= 0 && value <= 1);
}

function ofUnit(key: string, values: readonly number[]): WorkbenchError {
  return new WorkbenchError(
    'invalid-value',
    `${key} (${values.join(', ')}) is for pixels of 0–1, and pixels are 0–255 here.`,
    `Give ${values.map((value) => Number((255 * value).toPrecision(6))).join(',')}, which is 255 times as much.`,
  );
}
