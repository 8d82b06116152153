import { add, scale } from '../engine/ops/pointwise.ts';
import { Coefficients } from '../engine/storage/Coefficients.ts';
import type { Rows } from '../engine/storage/Rows.ts';
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
   * One update of one parameter, or of some of its rows. Takes over the gradient and disposes it.
   *
   * @param options.rows those that the gradient is of; by default all
   * @param options.see called with the velocity: the weight decreases by the learning rate times this
   */
  apply(
    parameter: Variable,
    gradient: Tensor,
    learningRate: number,
    { rows, see }: { rows?: Rows | undefined; see?: (direction: Tensor) => void } = {},
  ): void {
    const velocity = this.velocityOf(parameter);
    if (!velocity) throw new Error('The parameter is not of this optimiser.');
    if (rows) {
      using ofWeight = parameter.rows(rows);
      using ofVelocity = velocity.rows(rows);
      this.#update({ weight: ofWeight, velocity: ofVelocity, gradient }, learningRate, see);
    } else this.#update({ weight: parameter, velocity, gradient }, learningRate, see);
    gradient.dispose();
  }

  #update(
    { weight, velocity, gradient }: { weight: Variable; velocity: Variable; gradient: Tensor },
    learningRate: number,
    see?: (direction: Tensor) => void,
  ): void {
    const { momentum, weightDecay } = this.#settings;
    if (momentum > 0) {
      weight.applyMomentum(velocity, gradient, this.#coefficientsAt(learningRate));
      if (see) velocity.with(see);
      return;
    }
    if (see) withDecay(weight, gradient, weightDecay, see);
    if (weightDecay > 0)
      weight.with((values) => {
        weight.addScaled(values, -learningRate * weightDecay);
      });
    weight.addScaled(gradient, -learningRate);
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
