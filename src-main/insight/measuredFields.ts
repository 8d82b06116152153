import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { fanIn, lastMapStride, weightShape, type Architecture } from '../vgg/layers.ts';
import { Network } from '../vgg/Network.ts';
import { Parameters } from '../vgg/Parameters.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import type { ReceptiveField } from '../vocabulary/layerActivity.ts';
import type { Pace } from './Pace.ts';
import { receptiveFields } from './receptiveFields.ts';

/** The measured receptive field of a layer's units. */
export interface MeasuredField extends ReceptiveField {
  name: string;
}

/**
 * Measures the receptive fields of a net's layers up to the last map, one by one: where the gradient of one unit with
 * respect to the image is not 0. The net has one channel in each layer, and every filter averages, so that no path is
 * lost to a weight of 0 or to a ReLU. A max-pool passes the gradient only to the greatest of its inputs: if the image
 * grows brighter to the right, that is the last of each row; in the reversed image, the first. Together they show all
 * that the net sees across; filters are square, so the images need only as many rows as the last map requires.
 *
 * @throws the pace's reason, between layers
 */
export async function measureFields(config: Configuration, pace: Pace): Promise<MeasuredField[]> {
  // The smallest width leaves one channel.
  const architecture: Architecture = { config, width: Number.MIN_VALUE, crop: lastMapStride, classes: 1 };
  using parameters = averaging(architecture);
  const layers = parameters.layers.filter(({ kind }) => kind !== 'average' && kind !== 'fc');
  const widest = Math.max(...receptiveFields(architecture).map(({ side }) => side));
  // Wide enough for two neighbouring units of the last map, with all that they see, in the middle.
  using images = ramps(lastMapStride * Math.ceil(widest / lastMapStride + 3));
  const measured: MeasuredField[] = [];
  for (const layer of layers) {
    const network = new Network(parameters, { until: layer.name });
    const { shape } = network.forward(images);
    const middle = ((shape[2] ?? 1) - 1) >> 1;
    using gradient = network.backward(ofUnits(shape, middle), { toImages: true });
    if (!gradient) throw new Error('The gradient by the images was asked for.');
    const values = gradient.dataSync<'float32'>();
    const [first, second] = [values.subarray(0, values.length / 2), values.subarray(values.length / 2)];
    const { begin, end } = columnsOf(first, images.shape[2] ?? 1);
    const stride = columnsOf(second, images.shape[2] ?? 1).begin - begin;
    measured.push({ name: layer.name, side: end - begin, stride, offset: begin - middle * stride });
    await pace.after(measured.length, layers.length);
  }
  return measured;
}

/** Weights that average their inputs, zero biases, batch normalisation in its initial state. */
function averaging(architecture: Architecture): Parameters {
  const { tf } = tensorflow();
  return new Parameters(architecture, (layer) => ({
    weight: tf.fill(weightShape(layer), 1 / fanIn(layer)),
    bias: tf.zeros([layer.outputs]),
  }));
}

/** [4, rows, width, 3]: an image that grows brighter to the right, its reverse, and both again. */
function ramps(width: number): Tensor {
  const pixels = new Float32Array(4 * lastMapStride * width * 3);
  for (let at = 0; at < pixels.length; at++) {
    const share = (Math.floor(at / 3) % width) / width;
    const isReversed = Math.floor(at / (3 * width * lastMapStride)) % 2 === 1;
    pixels[at] = isReversed ? 2 - share : 1 + share;
  }
  return tensorflow().tf.tensor(pixels, [4, lastMapStride, width, 3], 'float32');
}

/** 1 for the unit in that column of the middle row in the first two images, and for the next unit in the others. */
function ofUnits([, height = 1, width = 1]: readonly number[], column: number): Tensor {
  const values = new Float32Array(4 * height * width);
  for (let image = 0; image < 4; image++) {
    values[(image * height + (height >> 1)) * width + column + (image >> 1)] = 1;
  }
  return tensorflow().tf.tensor(values, [4, height, width, 1], 'float32');
}

/** The range of columns from the first to after the last that has a value other than 0. */
function columnsOf(values: Float32Array, width: number): { begin: number; end: number } {
  let begin = width;
  let end = 0;
  for (let at = 0; at < values.length; at++) {
    if (values[at] === 0) continue;
    const column = Math.floor(at / 3) % width;
    begin = Math.min(begin, column);
    end = Math.max(end, column + 1);
  }
  return { begin, end };
}
