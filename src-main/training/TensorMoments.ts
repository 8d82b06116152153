import { halfSquares, mean } from '../engine/ops/reduction.ts';
import type { Tensor } from '../engine/tensorflow.ts';

/**
 * Mean, deviation and norm of all values of one or more tensors, without copying them: each is summed on its device,
 * and only the sums are kept, to be read when the pass is over.
 */
export class TensorMoments {
  readonly #parts: { size: number; mean: Tensor; halfSquares: Tensor }[] = [];

  /** Adds the values of a tensor, which the caller still owns. */
  add(tensor: Tensor): void {
    this.#parts.push({ size: tensor.size, mean: mean(tensor), halfSquares: halfSquares(tensor) });
  }

  /**
   * Reads the sums and frees them. The deviation is that of the population. It comes from float32 sums, so that it is
   * not exact where it is far smaller than the mean.
   */
  take(): { mean: number; deviation: number; norm: number; rms: number } {
    let size = 0;
    let sum = 0;
    let squares = 0;
    for (const part of this.#parts) {
      size += part.size;
      sum += part.size * readScalar(part.mean);
      squares += 2 * readScalar(part.halfSquares);
    }
    this.#parts.length = 0;
    const average = sum / size;
    const meanSquare = squares / size;
    // Rounding may give a value below 0; NaN stays NaN.
    const variance = Math.max(0, meanSquare - average * average);
    return {
      mean: average,
      deviation: Math.sqrt(variance),
      norm: Math.sqrt(squares),
      rms: Math.sqrt(meanSquare),
    };
  }
}

/** The value of a scalar, which is freed. */
export function readScalar(scalar: Tensor): number {
  using read = scalar;
  return read.dataSync<'float32'>()[0] ?? NaN;
}
