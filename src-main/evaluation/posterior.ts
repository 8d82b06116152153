import { spatialMean } from '../engine/ops/reduction.ts';
import { add, scale, softmax } from '../engine/ops/pointwise.ts';
import { slice } from '../engine/ops/shape.ts';
import { mirror } from '../engine/ops/images.ts';
import type { Tensor } from '../engine/tensorflow.ts';
import type { Pass } from '../configuration/evaluations.ts';
import type { EvaluationSettings } from '../configuration/schema.ts';
import type { Network } from '../vgg/Network.ts';
import { gridSides } from '../vocabulary/protocols.ts';

/** The settings that decide the posterior of one image at one test scale. */
export type ScoringSettings = { pass: Pass } & Pick<EvaluationSettings, 'average' | 'horizontalFlip'>;

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
 * @returns [batch, classes], owned by the caller
 */
export function posteriors(
  network: Network,
  images: Tensor,
  crop: number,
  settings: ScoringSettings,
): Tensor {
  const plain = posteriorsOneWay(network, images, crop, settings);
  if (!settings.horizontalFlip) return plain;
  using mirrored = mirror(images);
  return meanOf([plain, posteriorsOneWay(network, mirrored, crop, settings)]);
}

function posteriorsOneWay(network: Network, images: Tensor, crop: number, settings: ScoringSettings): Tensor {
  switch (settings.pass) {
    case 'dense':
      return densePosteriors(network, images, settings.average);
    case 'centre-crop':
      return cropPosteriors(network, images, crop, (extent) => [middle(extent, crop)]);
    case 'multi-crop':
    case 'multi-crop-2x2':
    case 'multi-crop-3x3': {
      const side = gridSides[settings.pass];
      return cropPosteriors(network, images, crop, (extent) => grid(extent, crop, side));
    }
  }
}

function densePosteriors(network: Network, images: Tensor, average: ScoringSettings['average']): Tensor {
  using scoreMap = network.scoreMap(images);
  const first = average === 'before-softmax' ? spatialMean : softmax;
  const second = average === 'before-softmax' ? softmax : spatialMean;
  using between = first(scoreMap);
  return second(between);
}

/** The mean over crops. @param places where the crops begin along a side of the images */
function cropPosteriors(
  network: Network,
  images: Tensor,
  crop: number,
  places: (extent: number | undefined) => readonly number[],
): Tensor {
  const [batch, height, width] = images.shape;
  const each = places(height).flatMap((top) =>
    places(width).map((left) => {
      using cut = slice(images, [0, top, left, 0], [batch, crop, crop, 3]);
      return densePosteriors(network, cut, 'before-softmax');
    }),
  );
  return meanOf(each);
}

function middle(extent: number | undefined, crop: number): number {
  return Math.floor(((extent ?? crop) - crop) / 2);
}

/** Where the crops of the grid begin along one side: evenly from one edge of the image to the other. */
function grid(extent: number | undefined, crop: number, side: number): number[] {
  const room = (extent ?? crop) - crop;
  return Array.from({ length: side }, (_, index) => Math.round((room * index) / (side - 1)));
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
