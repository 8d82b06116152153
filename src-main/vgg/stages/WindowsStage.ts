import { windows } from '../../engine/ops/windows.ts';
import type { Tensor } from '../../engine/tensorflow.ts';
import { KeptTensors } from './KeptTensors.ts';
import type { BackwardPass, ForwardPass, Stage } from './Stage.ts';

/** The windows of the last map as rows for the fully-connected layers: one for a crop, several for a larger image. */
export class WindowsStage implements Stage {
  readonly #side: number;
  readonly #kept = new KeptTensors<'rows'>();
  #inputShape: number[] = [];
  #grid: [height: number, width: number] = [1, 1];

  /** @param side side of a window */
  constructor(side: number) {
    this.#side = side;
  }

  /** Number of windows down and across in the images of the last forward pass. */
  get grid(): readonly [height: number, width: number] {
    return this.#grid;
  }

  forward(input: Tensor, _pass: ForwardPass): Tensor {
    const { rows, height, width } = windows(input, this.#side);
    this.#inputShape = input.shape;
    this.#grid = [height, width];
    return this.#kept.keep('rows', rows);
  }

  /** Only for crops, whose rows are the map itself. */
  backward(gradient: Tensor, _pass: BackwardPass): Tensor {
    const byInput = gradient.reshape(this.#inputShape);
    gradient.dispose();
    this.release();
    return byInput;
  }

  release(): void {
    this.#kept.release();
  }
}
