/**
 * Steps of one epoch. Steps are whole batches: the images left at an epoch's end are dropped (different ones every
 * epoch, since the order is drawn anew). A training set smaller than a batch makes one batch of all its images.
 */
export function stepsPerEpoch(images: number, batch: number): number {
  return Math.max(1, Math.floor(images / batch));
}
