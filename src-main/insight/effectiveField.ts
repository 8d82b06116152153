import { encodePng } from '../data/oneImage.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { Network } from '../vgg/Network.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { Weights } from './Checkpoints.ts';
import { heatPicture } from './heatPicture.ts';
import { requireLayer, requireUnits } from './layerNamed.ts';
import type { Pace } from './Pace.ts';
import { forEachBatch } from './prepare.ts';
import type { About, Answer } from './questions.ts';
import { centreOf, regionSeen } from './receptiveFields.ts';

/** A pixel belongs to the effective field if its gradient exceeds this share of the greatest (Luo et al. 2016). */
const minShare = 1 - 0.9545;

/** @throws WorkbenchError `layer-unknown`, `image-unreadable` if no image can be read */
export async function effectiveFieldOf(
  weights: Weights,
  question: About<'effectiveField'>,
  pace: Pace,
): Promise<Answer> {
  const { parameters } = weights;
  const mapped = parameters.layers.filter(({ kind }) => kind !== 'fc' && kind !== 'average');
  const { name } = requireLayer(mapped, question.layer);
  const { field, shape } = requireUnits(parameters, name, []);
  const [height, width] = shape;
  const effective = new EffectiveField(parameters, name);
  const images = await forEachBatch(weights, question, pace, (tensor) => {
    effective.see(tensor);
  });
  const { crop } = parameters.architecture;
  const gradients = effective.rootMeanSquare();
  return {
    about: 'effectiveField',
    images,
    crop,
    side: sideOf(gradients),
    computed: { side: field.side, region: regionSeen(field, centreOf([height, width]), crop) },
    picture: await encodePng(heatPicture(gradients, crop, crop)),
  };
}

/** How strongly the channels of a layer at the centre of its map depend on each pixel, over many images. */
export class EffectiveField {
  readonly #network: Network;
  readonly #squares: Float64Array;
  #images = 0;

  constructor(parameters: Parameters, layer: string) {
    this.#network = new Network(parameters, { until: layer });
    this.#squares = new Float64Array(parameters.architecture.crop ** 2);
  }

  /** @param images [batch, crop, crop, 3], owned by the caller */
  see(images: Tensor): void {
    const { shape } = this.#network.forward(images);
    using gradient = this.#network.backward(ofCentres(shape), { toImages: true });
    if (!gradient) throw new Error('The gradient by the images was asked for.');
    const values = gradient.dataSync<'float32'>();
    for (let at = 0; at < values.length; at++) {
      const pixel = Math.floor(at / 3) % this.#squares.length;
      this.#squares[pixel] = (this.#squares[pixel] ?? 0) + (values[at] ?? 0) ** 2;
    }
    this.#images += images.shape[0];
  }

  /** [crop, crop]: root mean square, over images and colours, of the gradient of the sum of the channels. */
  rootMeanSquare(): Float32Array {
    return Float32Array.from(this.#squares, (sum) => Math.sqrt(sum / (3 * this.#images)));
  }
}

/** Side of a square with as many pixels as the effective field. */
export function sideOf(gradients: Float32Array): number {
  const least = minShare * gradients.reduce((most, value) => Math.max(most, value), 0);
  return Math.sqrt(gradients.filter((value) => value > least).length);
}

/** A tensor that is 1 for every channel at the centre of each map, else 0. */
function ofCentres([batch = 1, height = 1, width = 1, channels = 1]: readonly number[]): Tensor {
  const { row, column } = centreOf([height, width]);
  const values = new Float32Array(batch * height * width * channels);
  for (let image = 0; image < batch; image++) {
    const start = ((image * height + row) * width + column) * channels;
    values.fill(1, start, start + channels);
  }
  return tensorflow().tf.tensor(values, [batch, height, width, channels], 'float32');
}
