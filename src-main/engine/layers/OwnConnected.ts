import { boolAttribute, execute, executeAll } from '../ops/execute.ts';
import type { Attribute, Tensor } from '../tensorflow.ts';
import type { Connected, FcGradients, FcTensors } from './Connected.ts';
import type { NeededGradients } from './Convolved.ts';

/** By the workbench's own kernels, `engine/native`. What a row gets does not depend on how many rows there are. */
export class OwnConnected implements Connected {
  readonly output: Tensor;
  readonly #rows: Tensor;
  readonly #attributes: Attribute[];

  constructor({ rows, weight, bias }: FcTensors, isRectified: boolean) {
    this.#rows = rows;
    this.#attributes = [boolAttribute('relu', isRectified)];
    this.output = execute('VggConnect', this.#attributes, [rows, weight, bias]);
  }

  backward(gradient: Tensor, weight: Tensor, needed: NeededGradients): FcGradients {
    const seen = [this.#rows, weight, this.output, gradient];
    const byRows = needed.input ? execute('VggConnectGradientByInput', this.#attributes, seen) : undefined;
    const [byWeight, byBias] = needed.parameters
      ? executeAll('VggConnectGradientByWeight', this.#attributes, seen, 2)
      : [];
    gradient.dispose();
    this.release();
    return { byRows, byWeight, byBias };
  }

  release(): void {
    this.output.dispose();
  }
}
