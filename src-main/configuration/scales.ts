import type { TrainScale } from './schema.ts';

/** S as people write it: `256`, or `256-512` for a range. */
export function formatTrainScale(scale: TrainScale): string {
  return typeof scale === 'number' ? String(scale) : scale.join('-');
}

/** The reverse of {@link formatTrainScale}; undefined for anything else. */
export function parseTrainScale(text: string): TrainScale | undefined {
  const parts = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(text);
  if (parts?.[1] === undefined) return undefined;
  return parts[2] === undefined ? Number(parts[1]) : [Number(parts[1]), Number(parts[2])];
}

/** Q as people write it: `256`, or `224,256,288` for several. */
export function formatTestScales(scales: readonly number[]): string {
  return scales.join(',');
}

/** The reverse of {@link formatTestScales}; undefined for anything else. */
export function parseTestScales(text: string): number[] | undefined {
  return /^\s*\d+\s*(,\s*\d+\s*)*$/.test(text) ? text.split(',').map(Number) : undefined;
}

/** Whether two S, or two Q, are the same numbers in the same order. */
export function sameScales(one: number | readonly number[], other: number | readonly number[]): boolean {
  return [one].flat().join() === [other].flat().join();
}
