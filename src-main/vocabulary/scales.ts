import { z } from 'zod';

const side = z.int().positive();

/** S: a fixed smallest side of a training image in pixels, or a range from which it is drawn for each image (Sect. 3.1). */
export type TrainScale = number | [least: number, most: number];
export const trainScaleSchema = z.union([side, z.tuple([side, side])]) satisfies z.ZodType<TrainScale>;

/** S as people type it and as keys and files hold it: `256`, or `256-512` for a range. */
export function trainScaleText(scale: number | readonly number[]): string {
  return typeof scale === 'number' ? String(scale) : scale.join('-');
}

/** S as a person reads it, in tables, charts and sentences: `256`, or `256–512`. */
export function shownTrainScale(scale: number | readonly number[]): string {
  return typeof scale === 'number' ? String(scale) : scale.join('–');
}

/** The reverse of {@link trainScaleText}, and of {@link shownTrainScale}; undefined for anything else. */
export function parseTrainScale(text: string): TrainScale | undefined {
  const parts = /^\s*(\d+)(?:\s*[-–]\s*(\d+))?\s*$/.exec(text);
  if (parts?.[1] === undefined) return undefined;
  return parts[2] === undefined ? Number(parts[1]) : [Number(parts[1]), Number(parts[2])];
}

/** Q: the smallest sides at which a test image is scored (Sect. 3.2). */
export const testScalesSchema = z.array(side).min(1);

/** Q as people type them: `256`, or `224,256,288` for several. */
export function testScalesText(scales: readonly number[]): string {
  return scales.join(',');
}

/** The reverse of {@link testScalesText}; undefined for anything else. */
export function parseTestScales(text: string): number[] | undefined {
  return /^\s*\d+\s*(,\s*\d+\s*)*$/.test(text) ? text.split(',').map(Number) : undefined;
}

/** Whether two values of S, or two of Q, are the same numbers in the same order. */
export function sameScales(one: number | readonly number[], other: number | readonly number[]): boolean {
  return [one].flat().join() === [other].flat().join();
}
