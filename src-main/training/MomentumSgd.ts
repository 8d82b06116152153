import { add, scale } from '../engine/ops/pointwise.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import { Variable } from '../engine/Variable.ts';

export interface MomentumSgdSettings {
  momentum: number;
  weightDecay: number;
}

/**
 * Gradient descent with momentum and weight decay (Sect. 3.1), as PyTorch and Caffe do it:
 *
 *     velocity ← momentum · velocity + gradient + weightDecay · weight
 *     weight   ← weight − learningRate · velocity
 *
 * Weights and biases are treated alike. The learning rate is applied outside the velocity, as in PyTorch; Caffe applies
 * it inside, which differs only in the steps right after the rate changed.
 */
export class MomentumSgd {
  readonly #settings: MomentumSgdSettings;
  readonly #velocities: Map<Variable, Variable>;

  constructor(parameters: readonly Variable[], settings: MomentumSgdSettings) {
    this.#settings = settings;
    this.#velocities = new Map(parameters.map((parameter) => [parameter, Variable.zeros(parameter.shape)]));
  }

  /**
   * One update of one parameter. Takes over the gradient and disposes it.
   *
   * @param see called with the velocity: the weight decreases by the learning rate times this
   */
  apply(
    parameter: Variable,
    gradient: Tensor,
    learningRate: number,
    see?: (direction: Tensor) => void,
  ): void {
    const { momentum, weightDecay } = this.#settings;
    if (momentum > 0) {
      const velocity = this.velocityOf(parameter);
      if (!velocity) throw new Error('The parameter is not of this optimiser.');
      // Added before multiplying by the momentum, hence the division: one pass over the weights and no temporary.
      if (weightDecay > 0)
        parameter.with((weight) => {
          velocity.addScaled(weight, weightDecay / momentum);
        });
      parameter.applyMomentum(velocity, gradient, learningRate, momentum);
      if (see) velocity.with(see);
    } else {
      if (see) withDecay(parameter, gradient, weightDecay, see);
      if (weightDecay > 0)
        parameter.with((weight) => {
          parameter.addScaled(weight, -learningRate * weightDecay);
        });
      parameter.addScaled(gradient, -learningRate);
    }
    gradient.dispose();
  }

  /** Undefined for a parameter that does not learn. */
  velocityOf(parameter: Variable): Variable | undefined {
    return this.#velocities.get(parameter);
  }

  dispose(): void {
    for (const velocity of this.#velocities.values()) velocity.dispose();
  }
}

/** Replaces the velocity where there is no momentum: gradient + weightDecay · weight. */
function withDecay(
  parameter: Variable,
  gradient: Tensor,
  weightDecay: number,
  see: (direction: Tensor) => void,
): void {
  using decay = parameter.with((weight) => scale(weight, weightDecay));
  using direction = add(gradient, decay);
  see(direction);
}
