import type { Group } from '../engine/group/Group.ts';
import { halfSquares } from '../engine/ops/reduction.ts';
import { concatenate, slice } from '../engine/ops/shape.ts';
import type { Rows } from '../engine/storage/Rows.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';
import { readScalar } from './TensorMoments.ts';

/** Sums are exchanged together until they have so many values (10 MB): most of a net's tensors are far smaller. */
const bundle = 2.5e6;

/** Adds up the gradients of the micro-batches of a batch, in place. */
export class GradientSum {
  readonly #sums = new Map<Variable, Variable>();
  #touched = new Set<Variable>();

  /**
   * Takes over the gradient and disposes it.
   *
   * @param rows those that the gradient is of, one part after the other; by default all
   */
  add(parameter: Variable, gradient: Tensor, rows?: Rows): void {
    const sum = this.#sums.get(parameter) ?? Variable.zeros(parameter.shape);
    this.#sums.set(parameter, sum);
    if (rows) {
      using part = sum.rows(rows);
      this.#addTo(part, gradient, this.#touched.has(parameter));
    } else this.#addTo(sum, gradient, this.#touched.has(parameter));
    if (!rows || rows.first + rows.count === parameter.shape[0]) this.#touched.add(parameter);
  }

  /** The first gradient of a batch takes the place of what is left of the batch before. */
  #addTo(sum: Variable, gradient: Tensor, isTouched: boolean): void {
    if (!isTouched) {
      sum.assign(gradient);
      return;
    }
    sum.add(gradient);
    gradient.dispose();
  }

  /** Replaces each sum by that over all processes of a group, which have seen gradients of the same parameters. */
  addUp(group: Group): void {
    if (group.size === 1) return;
    for (const sums of bundlesOf(this.#present())) {
      using own = concatenate(sums.map((sum) => sum.with((value) => value.reshape([sum.size]))));
      using total = group.sum(own);
      let begin = 0;
      for (const sum of sums) {
        using part = slice(total, [begin], [sum.size]);
        sum.assign(part.reshape([...sum.shape]));
        begin += sum.size;
      }
    }
  }

  /**
   * Scales the sums down if the L2 norm over all of them is longer, as PyTorch's clip_grad_norm_ does.
   * (Pascanu et al. 2013.)
   */
  clip(longest: number): void {
    const sums = this.#present();
    const squares = sums.reduce((total, sum) => total + 2 * readScalar(sum.with(halfSquares)), 0);
    // The small number is PyTorch's, so that the same weights come out.
    const factor = longest / (Math.sqrt(squares) + 1e-6);
    if (factor >= 1) return;
    for (const sum of sums) sum.scale(factor);
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

  #present(): Variable[] {
    return [...this.#touched].flatMap((parameter) => this.#sums.get(parameter) ?? []);
  }
}

/** The sums in their order, several small ones together. */
function* bundlesOf(sums: readonly Variable[]): Generator<Variable[]> {
  let together: Variable[] = [];
  let values = 0;
  for (const sum of sums) {
    if (values > 0 && values + sum.size > bundle) {
      yield together;
      together = [];
      values = 0;
    }
    together.push(sum);
    values += sum.size;
  }
  if (together.length > 0) yield together;
}
