import {
  boolAttribute,
  execute,
  executeAll,
  ofFloats,
  scalarOf,
  shapeAttribute,
  stringAttribute,
  typeAttribute,
} from '../ops/execute.ts';
import { scale } from '../ops/pointwise.ts';
import type { Tensor } from '../tensorflow.ts';
import type { Coefficients } from './Coefficients.ts';
import type { Storage } from './Storage.ts';

let resources = 0;

/** A resource variable of TensorFlow's, which is updated in place if no tensor that was read is still alive. */
export class ResourceStorage implements Storage {
  readonly #handle: Tensor;

  constructor(initial: Tensor) {
    this.#handle = execute(
      'VarHandleOp',
      [
        typeAttribute('dtype', 'float'),
        shapeAttribute('shape', initial.shape),
        stringAttribute('container', ''),
        stringAttribute('shared_name', `variable${++resources}`),
      ],
      [],
    );
    this.assign(initial);
  }

  with<Result>(use: (value: Tensor) => Result): Result {
    using value = this.read();
    return use(value);
  }

  read(): Tensor {
    return execute('ReadVariableOp', [typeAttribute('dtype', 'float')], [this.#handle]);
  }

  assign(value: Tensor): void {
    executeAll('AssignVariableOp', [typeAttribute('dtype', 'float')], [this.#handle, value], 0);
  }

  addScaled(tensor: Tensor, factor: number): void {
    using alpha = scalarOf(-factor);
    executeAll(
      'ResourceApplyGradientDescent',
      [ofFloats(), boolAttribute('use_locking', false)],
      [this.#handle, alpha, tensor],
      0,
    );
  }

  scale(factor: number): void {
    using scaled = this.with((value) => scale(value, factor));
    this.assign(scaled);
  }

  applyMomentum(velocity: Storage, gradient: Tensor, coefficients: Coefficients): void {
    if (!(velocity instanceof ResourceStorage))
      throw new Error('The velocity is a resource like the weight.');
    const { learningRate, momentum, weightDecay } = coefficients;
    // Added before multiplying by the momentum, hence the division: one pass over the weights and no temporary.
    if (weightDecay > 0) {
      this.with((weight) => {
        velocity.addScaled(weight, weightDecay / momentum);
      });
    }
    using rate = scalarOf(learningRate);
    using factor = scalarOf(momentum);
    executeAll(
      'ResourceApplyMomentum',
      [ofFloats(), boolAttribute('use_locking', false), boolAttribute('use_nesterov', false)],
      [this.#handle, velocity.#handle, rate, gradient, factor],
      0,
    );
  }

  rows(): never {
    throw new Error("A resource of TensorFlow's has no parts.");
  }

  dispose(): void {
    executeAll('DestroyResourceOp', [boolAttribute('ignore_lookup_error', true)], [this.#handle], 0);
    this.#handle.dispose();
  }
}
