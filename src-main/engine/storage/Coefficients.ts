import { tensorflow, type Tensor } from '../tensorflow.ts';

/** What an update with momentum multiplies by. The same object serves all parameters of a step. */
export class Coefficients {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** [learning rate, momentum, weight decay], owned by this. */
  readonly tensor: Tensor;

  constructor(learningRate: number, momentum: number, weightDecay: number) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.tensor = tensorflow().tf.tensor1d([learningRate, momentum, weightDecay], 'float32');
  }

  dispose(): void {
    this.tensor.dispose();
  }
}
