import { spatialMean } from '../engine/ops/reduction.ts';
import { add, scale, softmax } from '../engine/ops/pointwise.ts';
import { concatenate, slice } from '../engine/ops/shape.ts';
import { mirror } from '../engine/ops/images.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import type { Pass } from '../configuration/evaluations.ts';
import type { EvaluationSettings } from '../configuration/schema.ts';
import { lastMapStride } from '../vgg/layers.ts';
import type { Network } from '../vgg/Network.ts';
import { cropPlaces, type WindowPlace } from './windows.ts';

/** The settings that decide the posterior of one image at one test scale. */
export type ScoringSettings = { pass: Pass } & Pick<EvaluationSettings, 'average' | 'horizontalFlip'>;

/**
 * Called with each window that is averaged: its posteriors [batch, classes], which are disposed afterwards, and its place;
 * for the mirrored images, its place in them.
 */
export type SeeWindow = (posteriors: Tensor, place: WindowPlace, mirrored: boolean) => void;
/**
 * Pixels of crops that go through the net at once. Each pass reads all weights of the FC layers and computes the filters'
 * values at Winograd's points: for four crops of 224 pixels at full width that is a sixth of its time.
 */
const pixelsTogether = 1e6;

type SeeOneWay = (posteriors: Tensor, place: WindowPlace) => void;

/**
 * Class posteriors of whole images of one size (Sect. 3.2).
 *
 * - `dense`: the net applied convolutionally to the whole image; the score map averaged over space.
 * - `centre-crop`: the crop in the middle.
 * - `multi-crop`: a regular 5×5 grid of crops over the whole image, the mean of their posteriors; or a smaller grid.
 *
 * With the flip, each is averaged with the result for the mirrored image: 50 crops at each scale for multi-crop.
 *
 * @param images [batch, height, width, 3], no side shorter than the crop
 * @param settings with `see`, the windows are watched: those of `dense` are the positions of the score map
 * @returns [batch, classes], owned by the caller
 */
export function posteriors(
  network: Network,
  images: Tensor,
  crop: number,
  { see, ...settings }: ScoringSettings & { see?: SeeWindow },
): Tensor {
  const way = (mirrored: boolean) =>
    see &&
    ((window: Tensor, place: WindowPlace) => {
      see(window, place, mirrored);
    });
  const plain = posteriorsOneWay(network, images, crop, { ...settings, see: way(false) });
  if (!settings.horizontalFlip) return plain;
  using mirrored = mirror(images);
  return meanOf([plain, posteriorsOneWay(network, mirrored, crop, { ...settings, see: way(true) })]);
}

function posteriorsOneWay(
  network: Network,
  images: Tensor,
  crop: number,
  { pass, average, see }: ScoringSettings & { see: SeeOneWay | undefined },
): Tensor {
  if (pass === 'dense') return densePosteriors(network, images, average, see);
  const [batch, height = 0, width = 0] = images.shape;
  const places = cropPlaces(pass, { height, width }, crop);
  const together = Math.max(1, Math.floor(pixelsTogether / (batch * crop * crop)));
  const each: Tensor[] = [];
  for (let first = 0; first < places.length; first += together) {
    each.push(...cropPosteriors(network, images, crop, places.slice(first, first + together)));
  }
  for (const [index, place] of places.entries()) {
    const posterior = each[index];
    if (posterior) see?.(posterior, place);
  }
  return meanOf(each);
}

/** The posteriors of the crops at each of the places, [batch, classes], owned by the caller, in one pass. */
function cropPosteriors(
  network: Network,
  images: Tensor,
  crop: number,
  places: readonly WindowPlace[],
): Tensor[] {
  const [batch] = images.shape;
  using crops = concatenate(
    places.map(({ top, left }) => slice(images, [0, top, left, 0], [batch, crop, crop, 3])),
  );
  const all = densePosteriors(network, crops, 'before-softmax');
  if (places.length === 1) return [all];
  const [, classes = 0] = all.shape;
  const each = places.map((_, index) => slice(all, [index * batch, 0], [batch, classes]));
  all.dispose();
  return each;
}

function densePosteriors(
  network: Network,
  images: Tensor,
  average: ScoringSettings['average'],
  see?: SeeOneWay,
): Tensor {
  using scoreMap = network.scoreMap(images);
  if (see) seePositions(network, images, scoreMap, see);
  const first = average === 'before-softmax' ? spatialMean : softmax;
  const second = average === 'before-softmax' ? softmax : spatialMean;
  using between = first(scoreMap);
  return second(between);
}

function seePositions(network: Network, images: Tensor, scoreMap: Tensor, see: SeeOneWay): void {
  const [, height = 0, width = 0] = images.shape;
  const [batch, rows = 0, columns = 0, classes = 0] = scoreMap.shape;
  using each = softmax(scoreMap);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      using cell = slice(each, [0, row, column, 0], [batch, 1, 1, classes]);
      using posterior = cell.reshape([batch, classes]);
      see(posterior, {
        top: network.firstWindow(height) + row * lastMapStride,
        left: network.firstWindow(width) + column * lastMapStride,
      });
    }
  }
}

/** The mean of tensors of the same shape, which it disposes. */
function meanOf(tensors: readonly Tensor[]): Tensor {
  using sum = tensors.reduce((left, right) => {
    using before = left;
    using next = right;
    return add(before, next);
  });
  return scale(sum, 1 / tensors.length);
}
