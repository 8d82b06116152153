import type { ConvLayer } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { ValueStatistics } from '../vocabulary/valueStatistics.ts';
import { quantise } from './quantise.ts';
import { channelStatistics } from './statistics.ts';

/** The filters of a convolutional layer, ready to be drawn. */
export interface Filters {
  shape: [height: number, width: number, inputs: number, outputs: number];
  /** [outputs, shown inputs, height, width] in 8 bits: 0 is the least value of the whole filter, 255 the greatest. */
  values: Uint8Array<ArrayBuffer>;
  /** How many inputs are in `values`, counted from the first. */
  shownInputs: number;
  /** Over all inputs of each filter; the norm is the Euclidean one. */
  filters: (ValueStatistics & { norm: number })[];
}

/** More inputs of a filter than this are not worth showing. */
const maxInputs = 64;

export function filtersOf(parameters: Parameters, layer: ConvLayer): Filters {
  const { kernel, inputs, outputs } = layer;
  const weights = parameters.of(layer).weight.with((value) => value.dataSync<'float32'>());
  const statistics = channelStatistics(weights, outputs);
  const shownInputs = Math.min(inputs, maxInputs);
  const positions = kernel * kernel;
  // [outputs, height · width · inputs]: the inputs still vary fastest.
  const scaled = quantise(weights, statistics);
  const values = new Uint8Array(outputs * shownInputs * positions);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < shownInputs; input++) {
      for (let position = 0; position < positions; position++) {
        values[(output * shownInputs + input) * positions + position] =
          scaled[(output * positions + position) * inputs + input] ?? 0;
      }
    }
  }
  return {
    shape: [kernel, kernel, inputs, outputs],
    values,
    shownInputs,
    filters: statistics.map((one) => ({
      ...one,
      norm: Math.sqrt(positions * inputs * (one.deviation ** 2 + one.mean ** 2)),
    })),
  };
}
