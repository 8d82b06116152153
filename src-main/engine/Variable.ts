import {
  executeAll,
  execute,
  boolAttribute,
  ofFloats,
  shapeAttribute,
  stringAttribute,
  typeAttribute,
  scalarOf,
} from './ops/execute.ts';
import { tensorflow, type Tensor } from './tensorflow.ts';

let variables = 0;

/**
 * A tensor that is updated in place: a weight, a momentum, a sum of gradients.
 *
 * Two copies of fc6 alone are 800 MB, and writing a fresh one at each step takes longer than the arithmetic. TensorFlow's
 * resource variables are updated in place, provided that no tensor from {@link read} is still alive.
 */
export class Variable {
  readonly shape: readonly number[];
  readonly #handle: Tensor;

  /** Takes over `initial` and disposes it. */
  constructor(initial: Tensor) {
    this.shape = initial.shape;
    this.#handle = execute(
      'VarHandleOp',
      [
        typeAttribute('dtype', 'float'),
        shapeAttribute('shape', initial.shape),
        stringAttribute('container', ''),
        stringAttribute('shared_name', `variable${++variables}`),
      ],
      [],
    );
    this.assign(initial);
  }

  static zeros(shape: readonly number[]): Variable {
    return new Variable(tensorflow().tf.zeros([...shape]));
  }

  get size(): number {
    return this.shape.reduce((product, extent) => product * extent, 1);
  }

  /** Replaces the value. Takes over `value` and disposes it. */
  assign(value: Tensor): void {
    executeAll('AssignVariableOp', [typeAttribute('dtype', 'float')], [this.#handle, value], 0);
    value.dispose();
  }

  /** The value, without a copy. Dispose it before the next update, which would otherwise copy all of it. */
  read(): Tensor {
    return execute('ReadVariableOp', [typeAttribute('dtype', 'float')], [this.#handle]);
  }

  /** Runs `use` with the value. */
  with<Result>(use: (value: Tensor) => Result): Result {
    using value = this.read();
    return use(value);
  }

  /** this ← this + tensor. */
  add(tensor: Tensor): void {
    executeAll('AssignAddVariableOp', [typeAttribute('dtype', 'float')], [this.#handle, tensor], 0);
  }

  /** this ← this + factor · tensor. */
  addScaled(tensor: Tensor, factor: number): void {
    using alpha = scalarOf(-factor);
    executeAll(
      'ResourceApplyGradientDescent',
      [ofFloats(), boolAttribute('use_locking', false)],
      [this.#handle, alpha, tensor],
      0,
    );
  }

  /** velocity ← momentum · velocity + gradient; this ← this − learningRate · velocity. */
  applyMomentum(velocity: Variable, gradient: Tensor, learningRate: number, momentum: number): void {
    using rate = scalarOf(learningRate);
    using coefficient = scalarOf(momentum);
    executeAll(
      'ResourceApplyMomentum',
      [ofFloats(), boolAttribute('use_locking', false), boolAttribute('use_nesterov', false)],
      [this.#handle, velocity.#handle, rate, gradient, coefficient],
      0,
    );
  }

  dispose(): void {
    executeAll('DestroyResourceOp', [boolAttribute('ignore_lookup_error', true)], [this.#handle], 0);
    this.#handle.dispose();
  }
}
