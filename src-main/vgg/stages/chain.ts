import type { Tensor } from '../../engine/tensorflow.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** Runs stages one after the other; each keeps what its backward pass needs. The last one owns the result. */
export function forwardThrough(stages: readonly Stage[], input: Tensor, pass: ForwardPass): Tensor {
  return stages.reduce((current, stage) => stage.forward(current, pass), input);
}

/** The chain rule, from the last stage to the first; disposes the given gradient. */
export function backwardThrough(
  stages: readonly Stage[],
  gradient: Tensor,
  pass: BackwardPass,
  needsInputGradient: boolean,
): Tensor | undefined {
  let current: Tensor | undefined = gradient;
  for (const [index, stage] of [...stages.entries()].reverse()) {
    if (!current) throw new Error('Only the first stage gives no gradient.');
    current = stage.backward(current, pass, needsInputGradient || index > 0);
  }
  return current;
}

/** Runs stages one after the other, each freed as soon as the next one has used its output; the last keeps its own. */
export function runFreeing(stages: readonly Stage[], input: Tensor, pass: ForwardPass): Tensor {
  let current = input;
  let previous: Stage | undefined;
  for (const stage of stages) {
    current = stage.forward(current, pass);
    previous?.release();
    previous = stage;
  }
  return current;
}

export function releaseAll(stages: readonly Stage[]): void {
  for (const stage of stages) stage.release();
}
