import { add, scale } from '../engine/ops/pointwise.ts';
import { Coefficients } from '../engine/storage/Coefficients.ts';
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
  #coefficients: Coefficients;

  constructor(parameters: readonly Variable[], settings: MomentumSgdSettings) {
    this.#settings = settings;
    this.#velocities = new Map(parameters.map((parameter) => [parameter, Variable.zeros(parameter.shape)]));
    this.#coefficients = new Coefficients(0, settings.momentum, settings.weightDecay);
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
      parameter.applyMomentum(velocity, gradient, this.#coefficientsAt(learningRate));
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

  /** The same from update to update as long as the learning rate stays. */
  #coefficientsAt(learningRate: number): Coefficients {
    if (this.#coefficients.learningRate !== learningRate) {
      this.#coefficients.dispose();
      const { momentum, weightDecay } = this.#settings;
      this.#coefficients = new Coefficients(learningRate, momentum, weightDecay);
    }
    return this.#coefficients;
  }

  dispose(): void {
    this.#coefficients.dispose();
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
