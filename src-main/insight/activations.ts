import { softmax } from '../engine/ops/pointwise.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import type { Layer } from '../vgg/layers.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { LayerActivity } from '../vocabulary/layerActivity.ts';
import type { ValueStatistics } from '../vocabulary/valueStatistics.ts';
import { forEachLayer } from './forward.ts';
import { receptiveFields } from './receptiveFields.ts';
import { channelStatistics, pooledStatistics } from './statistics.ts';

/** A layer's output for one image. */
export interface LayerActivation {
  name: string;
  kind: Layer['kind'];
  /** [height, width, channels]; height and width are 1 for fully-connected layers. */
  shape: [number, number, number];
  /** In the order of the shape, row by row. */
  values: Float32Array;
  /** Statistics of each channel. */
  maps: ValueStatistics[];
}

/** Every layer's output for one image, in ordinary memory and not as tensors. */
export interface Activations {
  layers: LayerActivation[];
  /** For each class. */
  posteriors: Float32Array;
}

/** @param image [1, crop, crop, 3], owned by the caller */
export function activationsOf(parameters: Parameters, image: Tensor): Activations {
  const layers: LayerActivation[] = [];
  let posteriors = new Float32Array(0);
  forEachLayer(parameters, image, ({ name, kind }, output) => {
    const values = output.dataSync<'float32'>();
    const channels = output.shape.at(-1) ?? 1;
    const [, height = 1, width = 1] = output.shape.length === 4 ? output.shape : [];
    layers.push({
      name,
      kind,
      shape: [height, width, channels],
      values,
      maps: channelStatistics(values, channels),
    });
    if (name !== parameters.layers.at(-1)?.name) return;
    using probabilities = softmax(output);
    posteriors = Float32Array.from(probabilities.dataSync<'float32'>());
  });
  return { layers, posteriors };
}

/** The statistics of every layer, in order. */
export function activityOf({ layers }: Activations, { architecture }: Parameters): LayerActivity[] {
  const fields = receptiveFields(architecture);
  return layers.map(({ name, kind, shape, maps }, index) => {
    const receptiveField = fields[index];
    if (!receptiveField) throw new Error(`${name} has no receptive field.`);
    return {
      name,
      kind,
      shape,
      ...pooledStatistics(maps),
      deadMaps: maps.filter(({ zero }) => zero === 1).length,
      receptiveField,
    };
  });
}
