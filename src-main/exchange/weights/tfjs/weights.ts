import type { SafetensorsFile } from '../../../foundation/safetensors.ts';
import { weightShape, type ParametricLayer } from '../../../vgg/layers.ts';
import { storedTensors } from '../../../vgg/weights/layout.ts';
import { bytesOf, elementsOf, storedChunks } from '../values.ts';
import { filtersName, normalisationName } from './topology.ts';

/** A weight of a model: its entry in the manifest, and its values in Keras's layout. */
export interface KerasWeight {
  name: string;
  shape: readonly number[];
  read: (file: SafetensorsFile) => Iterable<Uint8Array>;
}

/** The weights of a layer, each under the name of its Keras layer. */
export function kerasWeights(layer: ParametricLayer): KerasWeight[] {
  const filters = layer.kind === 'conv' ? filtersName(layer) : layer.name;
  const normalisation =
    layer.kind === 'conv' && layer.normalisation !== null ? normalisationName(layer) : null;
  const names = [
    `${filters}/kernel`,
    normalisation === null ? `${filters}/bias` : `${normalisation}/beta`,
    `${normalisation ?? ''}/gamma`,
    `${normalisation ?? ''}/moving_mean`,
    `${normalisation ?? ''}/moving_variance`,
  ];
  return storedTensors(layer).map(({ name, shape, isWeight }, index) => ({
    name: names[index] ?? name,
    shape: isWeight ? weightShape(layer) : shape,
    read: (file) =>
      isWeight ? outputsLast(layer, file.read(name)) : storedChunks(file, name, elementsOf(shape)),
  }));
}

/** Number of inputs whose rows are transposed at once. */
const rowsOfChunk = 64;

/** Converts [outputs, inputs, height, width] to [height, width, inputs, outputs], some rows of outputs at a time. */
function* outputsLast(layer: ParametricLayer, values: Float32Array): Generator<Uint8Array, void, undefined> {
  const { inputs, outputs } = layer;
  const side = layer.kind === 'conv' ? layer.kernel : layer.side;
  const positions = side * side;
  for (let position = 0; position < positions; position++) {
    for (let begin = 0; begin < inputs; begin += rowsOfChunk) {
      const rows = Math.min(rowsOfChunk, inputs - begin);
      const chunk = new Float32Array(rows * outputs);
      for (let output = 0; output < outputs; output++) {
        for (let row = 0; row < rows; row++) {
          chunk[row * outputs + output] =
            values[(output * inputs + begin + row) * positions + position] ?? NaN;
        }
      }
      yield bytesOf(chunk);
    }
  }
}
