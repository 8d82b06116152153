import { add, relu, reluGradient } from '../../engine/ops/pointwise.ts';
import { padChannels, slice } from '../../engine/ops/shape.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import type { AddLayer } from '../layers.ts';
import { backwardThrough, forwardThrough, releaseAll } from './chain.ts';
import { KeptTensors } from './KeptTensors.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/**
 * A branch of layers with a shortcut around it: ReLU(branch(x) + shortcut(x)) (He et al. 2015, Sect. 3.2). The shortcut is a
 * projection, or the identity, with zeros for channels that x lacks.
 */
export class ResidualStage implements Stage {
  readonly #layer: AddLayer;
  readonly #branch: readonly Stage[];
  readonly #projection: Stage | undefined;
  readonly #kept = new KeptTensors<'output'>();

  constructor(layer: AddLayer, branch: readonly Stage[], projection?: Stage) {
    this.#layer = layer;
    this.#branch = branch;
    this.#projection = projection;
  }

  forward(input: Tensor, pass: ForwardPass): Tensor {
    const { inputs, channels } = this.#layer;
    const deep = forwardThrough(this.#branch, input, pass);
    const short = this.#projection?.forward(input, pass) ?? padChannels(input, channels - inputs);
    const sum = add(deep, short);
    // The projection owns its output.
    if (!this.#projection) short.dispose();
    const output = this.#kept.keep('output', relu(sum));
    sum.dispose();
    pass.watch?.(this.#layer, output);
    return output;
  }

  backward(gradient: Tensor, pass: BackwardPass, needsInputGradient: boolean): Tensor | undefined {
    pass.watch?.(this.#layer, gradient);
    const bySum = reluGradient(gradient, this.#kept.get('output'));
    gradient.dispose();
    this.#kept.release();
    const deep = backwardThrough(this.#branch, bySum.clone(), pass, needsInputGradient);
    const short = this.#projection
      ? this.#projection.backward(bySum.clone(), pass, needsInputGradient)
      : this.#cut(bySum);
    bySum.dispose();
    const byInput = deep && short && add(deep, short);
    deep?.dispose();
    short?.dispose();
    return byInput;
  }

  release(): void {
    releaseAll(this.#branch);
    this.#projection?.release();
    this.#kept.release();
  }

  /** The gradient cut to the channels that the input has. */
  #cut(gradient: Tensor): Tensor {
    const { inputs, channels } = this.#layer;
    if (inputs === channels) return gradient.clone();
    const [batch = 0, height = 0, width = 0] = gradient.shape;
    return slice(gradient, [0, 0, 0, 0], [batch, height, width, inputs]);
  }
}
