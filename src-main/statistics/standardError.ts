/**
 * Standard error of an error rate over images, √(p (1 − p) / n): how far another draw of as many images lies from it, on
 * the whole. Seeds that saw the same images do not make it smaller.
 *
 * @param percent the rate
 * @returns percentage points
 */
export function standardError(percent: number, images: number): number {
  const share = percent / 100;
  return 100 * Math.sqrt((share * (1 - share)) / images);
}
