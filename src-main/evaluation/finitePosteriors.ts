import { WorkbenchError } from '../foundation/errors.ts';

/**
 * Refuses posteriors that are no numbers, before an error rate is made of them: an image whose posteriors are NaN would
 * count as wrong, or as right.
 *
 * @param posteriors [images, classes], row by row
 * @param of whose they are, for the message: `vgg16.pth`
 * @throws WorkbenchError `posteriors-not-finite`
 */
export function requireFinitePosteriors(posteriors: Float32Array, classes: number, of: string): void {
  const images = new Set<number>();
  for (const [index, value] of posteriors.entries()) {
    if (!Number.isFinite(value)) images.add(Math.floor(index / classes));
  }
  if (images.size === 0) return;
  throw new WorkbenchError(
    'posteriors-not-finite',
    `The posteriors of ${images.size} of ${posteriors.length / classes} images by ${of} are no numbers.`,
    'The net overflows: check that mean, deviation and order of the channels are those it was trained with.',
  );
}
