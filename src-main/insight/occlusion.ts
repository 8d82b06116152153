import { softmax } from '../engine/ops/pointwise.ts';
import { tensorflow, type Tensor } from '../engine/tensorflow.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { Network } from '../vgg/Network.ts';
import type { Parameters } from '../vgg/Parameters.ts';
import type { Pace } from './Pace.ts';
import { classScore, type ClassScore } from './classScore.ts';
import type { FloatMap } from './resample.ts';

export interface OcclusionSettings {
  /** Side of the square, in pixels; null for a seventh of the crop. */
  side: number | null;
  /** Pixels from one position of the square to the next; null for half the side. */
  stride: number | null;
  /** The score that is observed. */
  score: 'posterior' | 'logit';
  /** Null for the predicted class. */
  label: number | null;
}

export interface Occlusion extends ClassScore {
  side: number;
  stride: number;
  /** How far the score falls with the square at each position, row by row; negative where it rises. */
  map: FloatMap;
  /** [crop, crop]: the mean fall over the squares that cover a pixel. */
  overInput: Float32Array;
}

const batch = 16;

/**
 * Occlusion sensitivity (Zeiler and Fergus 2014): a square of the mean colour is moved over the image, and the fall in
 * a class's score is recorded at each position. The last square of a row and of a column ends at the border.
 *
 * @param image [1, crop, crop, 3], owned by the caller
 * @throws WorkbenchError `occlusion-does-not-fit`, `class-unknown`
 */
export async function occlusion(
  parameters: Parameters,
  image: Tensor,
  settings: OcclusionSettings,
  pace: Pace,
): Promise<Occlusion> {
  const { crop } = parameters.architecture;
  const side = settings.side ?? Math.max(1, Math.round(crop / 7));
  const stride = settings.stride ?? Math.max(1, Math.round(side / 2));
  if (side > crop || stride > side) throw doesNotFit(side, stride, crop);
  const network = new Network(parameters);
  const whole = scoresOf(network, image);
  const target = classScore(whole.logits, whole.posteriors, settings.label);

  const starts = placesAlong(crop, side, stride);
  const places = starts.flatMap((top) => starts.map((left) => ({ top, left })));
  const pixels = image.dataSync<'float32'>();
  const values = new Float32Array(places.length);
  for (let start = 0; start < places.length; start += batch) {
    const some = places.slice(start, start + batch);
    using images = occluded(pixels, crop, side, some);
    const scores = scoresOf(network, images)[settings.score === 'logit' ? 'logits' : 'posteriors'];
    const classes = scores.length / some.length;
    for (const index of some.keys()) {
      values[start + index] = target[settings.score] - (scores[index * classes + target.label] ?? NaN);
    }
    await pace.after(start + some.length, places.length);
  }
  const map = { height: starts.length, width: starts.length, values };
  return { ...target, side, stride, map, overInput: spread(values, places, side, crop) };
}

/** Where squares begin along one side: at every stride, and where the last square ends at the border. */
export function placesAlong(crop: number, side: number, stride: number): number[] {
  const last = crop - side;
  const places = Array.from({ length: Math.ceil(last / stride) }, (_, index) => index * stride);
  return [...places, last];
}

interface Place {
  top: number;
  left: number;
}

/** Copies of an image, each with a square of zeros, which is the mean colour after its subtraction. */
function occluded(pixels: Float32Array, crop: number, side: number, places: readonly Place[]): Tensor {
  const copies = new Float32Array(places.length * pixels.length);
  for (const [index, { top, left }] of places.entries()) {
    const begin = index * pixels.length;
    copies.set(pixels, begin);
    for (let row = top; row < top + side; row++) {
      const from = begin + (row * crop + left) * 3;
      copies.fill(0, from, from + side * 3);
    }
  }
  return tensorflow().tf.tensor4d(copies, [places.length, crop, crop, 3]);
}

/** The scores of each image, row by row. */
function scoresOf(network: Network, images: Tensor): { logits: Float32Array; posteriors: Float32Array } {
  using map = network.scoreMap(images);
  using probabilities = softmax(map);
  return { logits: map.dataSync<'float32'>(), posteriors: probabilities.dataSync<'float32'>() };
}

function spread(values: Float32Array, places: readonly Place[], side: number, crop: number): Float32Array {
  const sums = new Float64Array(crop * crop);
  const covering = new Uint32Array(crop * crop);
  for (const [index, { top, left }] of places.entries()) {
    for (let row = top; row < top + side; row++) {
      for (let at = row * crop + left; at < row * crop + left + side; at++) {
        sums[at] = (sums[at] ?? 0) + (values[index] ?? NaN);
        covering[at] = (covering[at] ?? 0) + 1;
      }
    }
  }
  return Float32Array.from(sums, (sum, at) => sum / (covering[at] ?? 1));
}

function doesNotFit(side: number, stride: number, crop: number): WorkbenchError {
  return new WorkbenchError(
    'occlusion-does-not-fit',
    `A square of ${side} pixels moved by ${stride} does not cover an image of ${crop}.`,
    `Choose a side of at most ${crop}, and a stride no longer than the side.`,
  );
}
