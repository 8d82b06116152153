import { boolAttribute, execute, executeAll, intsOf } from '../ops/execute.ts';
import type { Rows } from '../storage/Rows.ts';
import type { Attribute, Tensor } from '../tensorflow.ts';
import type { Connected, FcGradients, FcTensors, TakePart } from './Connected.ts';
import type { NeededGradients } from './Convolved.ts';

/**
 * About so many values are in a part of the gradient by a great weight: 8 MB stay in the processor's last cache until the update
 * has read them. Fc6 of a full net has 400 MB.
 */
const partValues = 2 ** 21;

/** Rows of whatever length that end together with a line of the cache. */
const rowsPerLine = 16;

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

  backward(gradient: Tensor, weight: Tensor, needed: NeededGradients, takePart?: TakePart): FcGradients {
    const seen = [this.#rows, weight, this.output, gradient];
    const byRows = needed.input ? execute('VggConnectGradientByInput', this.#attributes, seen) : undefined;
    let byWeight: Tensor | undefined;
    let byBias: Tensor | undefined;
    const parts = needed.parameters ? partsOf(weight.shape, takePart !== undefined) : [];
    for (const rows of parts) {
      using part = intsOf([rows.first, rows.count]);
      const [values, sums] = executeAll('VggConnectGradientByWeight', this.#attributes, [...seen, part], 2);
      if (rows.first === 0) byBias = sums;
      else sums?.dispose();
      if (takePart && values && parts.length > 1) takePart(values, rows);
      else byWeight = values;
    }
    gradient.dispose();
    this.release();
    return { byRows, byWeight, byBias };
  }

  release(): void {
    this.output.dispose();
  }
}

/** All inputs, or parts of about {@link partValues} weights, each of which begins where a tensor may. */
function partsOf([inputs = 0, outputs = 0]: readonly number[], isDivisible: boolean): Rows[] {
  if (!isDivisible || inputs * outputs < 2 * partValues) return [{ first: 0, count: inputs }];
  const count = Math.max(1, Math.round(partValues / outputs / rowsPerLine)) * rowsPerLine;
  return Array.from({ length: Math.ceil(inputs / count) }, (_, index) => ({
    first: index * count,
    count: Math.min(count, inputs - index * count),
  }));
}
