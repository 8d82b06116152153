import type { RgbImage } from './RgbImage.ts';
import { symmetricEigen } from './symmetricEigen.ts';

type Triple = [number, number, number];

/** The colours of a training set: the values of all pixels of all its images, in grey levels (0–255). */
export interface TrainingStatistics {
  images: number;
  pixels: number;
  /** Mean red, green and blue. */
  mean: Triple;
  /** Variances along the principal components (grey levels squared), largest first. */
  eigenvalues: Triple;
  /** The principal components as unit vectors in RGB, one for each eigenvalue; the largest coordinate is positive. */
  eigenvectors: [Triple, Triple, Triple];
}

/** Sums over pixels, from which mean and covariance follow; whole numbers, so that they add up without error. */
export interface Moments {
  images: number;
  pixels: number;
  /** Sums of red, green and blue. */
  sums: [number, number, number];
  /** Sums of the products rr, rg, rb, gg, gb, bb. */
  products: [number, number, number, number, number, number];
}

export function noMoments(): Moments {
  return { images: 0, pixels: 0, sums: [0, 0, 0], products: [0, 0, 0, 0, 0, 0] };
}

export function addMoments(total: Moments, part: Moments): void {
  total.images += part.images;
  total.pixels += part.pixels;
  part.sums.forEach((sum, index) => (total.sums[index] = (total.sums[index] ?? 0) + sum));
  part.products.forEach((sum, index) => (total.products[index] = (total.products[index] ?? 0) + sum));
}

/** The sums over every pixel of an image, at full size. */
export function imageMoments({ data, width, height }: RgbImage): Moments {
  let red = 0,
    green = 0,
    blue = 0;
  let rr = 0,
    rg = 0,
    rb = 0,
    gg = 0,
    gb = 0,
    bb = 0;
  const end = width * height * 3;
  for (let offset = 0; offset < end; offset += 3) {
    const r = data[offset] ?? 0;
    const g = data[offset + 1] ?? 0;
    const b = data[offset + 2] ?? 0;
    red += r;
    green += g;
    blue += b;
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  return { images: 1, pixels: width * height, sums: [red, green, blue], products: [rr, rg, rb, gg, gb, bb] };
}

/**
 * The standard deviation of each channel over all pixels, in grey levels: from the covariance V·diag(λ)·Vᵀ. A channel that is
 * the same everywhere gives 1, since it is 0 once its mean is subtracted.
 */
export function deviationsOf({ eigenvalues, eigenvectors }: TrainingStatistics): Triple {
  const deviation = (channel: 0 | 1 | 2) => {
    const variance = eigenvectors.reduce(
      (sum, vector, index) => sum + (eigenvalues[index] ?? NaN) * vector[channel] ** 2,
      0,
    );
    return variance > 1e-9 ? Math.sqrt(variance) : 1;
  };
  return [deviation(0), deviation(1), deviation(2)];
}

/** Mean and principal components of the summed pixels; there must be at least one. */
export function statisticsOf({ images, pixels, sums, products }: Moments): TrainingStatistics {
  const mean: [number, number, number] = [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
  const covariance = (product: number, first: number, second: number) => product / pixels - first * second;
  const [rr, rg, rb, gg, gb, bb] = products;
  const [r, g, b] = mean;
  const [rgCovariance, rbCovariance, gbCovariance] = [
    covariance(rg, r, g),
    covariance(rb, r, b),
    covariance(gb, g, b),
  ];
  const { values, vectors } = symmetricEigen([
    [covariance(rr, r, r), rgCovariance, rbCovariance],
    [rgCovariance, covariance(gg, g, g), gbCovariance],
    [rbCovariance, gbCovariance, covariance(bb, b, b)],
  ]);
  // Rounding may leave a tiny negative variance where there is none, as in grey images.
  const [first, second, third] = values;
  return {
    images,
    pixels,
    mean,
    eigenvalues: [Math.max(0, first), Math.max(0, second), Math.max(0, third)],
    eigenvectors: vectors,
  };
}
