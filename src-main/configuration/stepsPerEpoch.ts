/**
 * Steps of one epoch. Steps are whole batches: what is left at an epoch's end is dropped (other images every epoch,
 * as the order is drawn anew). A training set smaller than a batch makes one batch of all its images.
 */
export function stepsPerEpoch(images: number, batch: number): number {
  return Math.max(1, Math.floor(images / batch));
}
