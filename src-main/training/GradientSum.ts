import type { Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';

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
