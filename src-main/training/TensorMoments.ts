import { halfSquares, mean } from '../engine/ops/reduction.ts';
import type { Tensor } from '../engine/tensorflow.ts';

/** Values of this process, and as many of each other one. */
export type Gather = (values: Float32Array) => Float32Array[];

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
   * Reads the sums and frees them, together with those of the other processes of a group, which have as many values. The
   * deviation is that of the population. It comes from float32 sums, so that it is
   * not exact where it is far smaller than the mean.
   */
  take(gather: Gather = (values) => [values]): {
    mean: number;
    deviation: number;
    norm: number;
    rms: number;
  } {
    let size = 0;
    let sum = 0;
    let squares = 0;
    const read = this.#parts.flatMap((part) => [readScalar(part.mean), readScalar(part.halfSquares)]);
    for (const values of gather(Float32Array.from(read))) {
      for (const [index, part] of this.#parts.entries()) {
        size += part.size;
        sum += part.size * (values[2 * index] ?? NaN);
        squares += 2 * (values[2 * index + 1] ?? NaN);
      }
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
