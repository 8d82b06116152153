import { scale } from '../engine/ops/pointwise.ts';
import { halfSquares } from '../engine/ops/reduction.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';
import { readScalar } from './TensorMoments.ts';

/** Adds up the gradients of the micro-batches of a batch, in place. */
export class GradientSum {
  readonly #sums = new Map<Variable, Variable>();
  #touched = new Set<Variable>();

  /** Takes over the gradient and disposes it. */
  add(parameter: Variable, gradient: Tensor): void {
    const sum = this.#sums.get(parameter);
    if (!sum) {
      this.#sums.set(parameter, new Variable(gradient));
    } else if (this.#touched.has(parameter)) {
      sum.add(gradient);
      gradient.dispose();
    } else {
      sum.assign(gradient);
    }
    this.#touched.add(parameter);
  }

  /**
   * Scales the sums down if the L2 norm over all of them is longer, as PyTorch's clip_grad_norm_ does.
   * (Pascanu et al. 2013.)
   */
  clip(longest: number): void {
    const sums = [...this.#touched].flatMap((parameter) => this.#sums.get(parameter) ?? []);
    const squares = sums.reduce((total, sum) => total + 2 * readScalar(sum.with(halfSquares)), 0);
    // The small number is PyTorch's, so that the same weights come out.
    const factor = longest / (Math.sqrt(squares) + 1e-6);
    if (factor >= 1) return;
    for (const sum of sums) sum.assign(sum.with((gradient) => scale(gradient, factor)));
  }

  /** Passes on each sum, and starts anew. The receiver owns the tensor. */
  drain(receive: (parameter: Variable, gradient: Tensor) => void): void {
    for (const parameter of this.#touched) {
      const sum = this.#sums.get(parameter);
      if (sum) receive(parameter, sum.read());
    }
    this.#touched = new Set();
  }

  dispose(): void {
    for (const sum of this.#sums.values()) sum.dispose();
  }
}
