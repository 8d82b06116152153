/** The share of images that one of two nets gets right and the other wrong: what runs of these nets commonly show. */
const discordance = 0.2;

/** Of the normal distribution, for 95 %. */
const quantile = 1.96;

/**
 * The least difference of two error rates, in percentage points, that so many images can tell from chance: half the width
 * of the 95 % interval of paired proportions, where a fifth of the images divides the nets. It speaks of two trained nets;
 * how trainings of one net differ among themselves is what seeds tell.
 */
export function resolutionOf(images: number): number {
  return 100 * quantile * Math.sqrt(discordance / images);
}

/** The number of images that a difference needs. @param points percentage points, above 0 */
export function imagesFor(points: number): number {
  return Math.ceil(discordance * ((100 * quantile) / points) ** 2);
}
