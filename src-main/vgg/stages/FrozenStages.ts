import type { Tensor } from '../../engine/tensorflow.ts';
import { runFreeing } from './chain.ts';
import type { ForwardPass, Stage } from './Stage.ts';

/**
 * Stages that do not learn. They compute as at test time, with the running statistics of batch normalisation, and keep
 * nothing but their output: no gradient passes through them.
 */
export class FrozenStages implements Stage {
  readonly #stages: readonly Stage[];

  constructor(stages: readonly Stage[]) {
    this.#stages = stages;
  }

  forward(input: Tensor, pass: ForwardPass): Tensor {
    return runFreeing(this.#stages, input, { ...pass, training: false });
  }

  /** Ends the chain of gradients. */
  backward(gradient: Tensor): undefined {
    gradient.dispose();
    this.release();
    return undefined;
  }

  release(): void {
    this.#stages.at(-1)?.release();
  }
}
