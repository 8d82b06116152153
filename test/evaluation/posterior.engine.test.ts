import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, tensorflow, type Tensor } from '../../src-main/engine/tensorflow.ts';
import { slice } from '../../src-main/engine/ops/shape.ts';
import { posteriors, type ScoringSettings } from '../../src-main/evaluation/posterior.ts';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { randomInitialiser } from '../../src-main/vgg/initialise.ts';
import { Parameters } from '../../src-main/vgg/Parameters.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { openTestEngine } from '../support/engine.ts';
import {
  goldenFile,
  goldenNets,
  goldenParameters,
  readImages,
  relativeDifference,
} from '../support/golden.ts';

const dense: ScoringSettings = { pass: 'dense', average: 'before-softmax', horizontalFlip: true };

beforeAll(openTestEngine);

describe.each(goldenNets)('net %s against PyTorch', (config) => {
  it('answers the same score map, dense posterior and mean posterior over three scales', () => {
    const file = goldenFile(config);
    const network = new Network(goldenParameters(config, file));
    const images = readImages(file, 'dense.input.nchw');

    const scoreMap = network.scoreMap(images);
    expect(scoreMap.shape).toEqual([2, 2, 3, 10]);
    const expected = readImages(file, 'dense.score_map');
    expect(relativeDifference(scoreMap.dataSync(), expected.dataSync())).toBeLessThan(1e-4);

    const before = liveTensors();
    const posterior = posteriors(network, images, 64, dense);
    expect(greatestDifference(posterior, file.read('dense.posterior'))).toBeLessThan(1e-5);
    posterior.dispose();
    expect(liveTensors()).toBe(before);

    const scales = ['64', '96', '128'].map((scale) =>
      posteriors(
        network,
        readImages(file, `multiscale.input.${scale}.nchw`),
        64,
        dense,
      ).dataSync<'float32'>(),
    );
    const mean = scales[0]?.map(
      (_, index) => scales.reduce((sum, each) => sum + (each[index] ?? NaN), 0) / 3,
    );
    expect(greatestDifference(mean ?? [], file.read('multiscale.posterior'))).toBeLessThan(1e-5);
  });
});

describe('crops', () => {
  const setUp = () => {
    const file = goldenFile('A');
    return {
      network: new Network(goldenParameters('A', file)),
      images: readImages(file, 'dense.input.nchw'),
    };
  };
  /** The posterior of one crop by the net's own training pass: softmax of its logits. */
  const cropPosterior = (network: Network, images: Tensor, top: number, left: number) => {
    const cut = slice(images, [0, top, left, 0], [images.shape[0], 64, 64, 3]);
    const posterior = tensorflow().tf.softmax(network.forward(cut)).dataSync<'float32'>();
    network.release();
    return posterior;
  };

  it('scores the crop in the middle', () => {
    const { network, images } = setUp();
    const posterior = posteriors(network, images, 64, {
      ...dense,
      pass: 'centre-crop',
      horizontalFlip: false,
    });
    expect(greatestDifference(posterior, cropPosterior(network, images, 16, 32))).toBeLessThan(1e-6);
  });

  it('takes the mean over a grid of 5×5 crops from edge to edge', () => {
    const { network, images } = setUp();
    const posterior = posteriors(network, images, 64, {
      ...dense,
      pass: 'multi-crop',
      horizontalFlip: false,
    });
    // 96×128 leaves 32 rows and 64 columns of room for a crop of 64: steps of 8 and 16.
    const all = [0, 8, 16, 24, 32].flatMap((top) =>
      [0, 16, 32, 48, 64].map((left) => cropPosterior(network, images, top, left)),
    );
    const mean = Array.from(
      { length: 20 },
      (_, at) => all.reduce((sum, each) => sum + (each[at] ?? NaN), 0) / 25,
    );
    expect(greatestDifference(posterior, mean)).toBeLessThan(1e-6);
  });

  it('takes the mean over a smaller grid, of 2×2 crops in the corners', () => {
    const { network, images } = setUp();
    const posterior = posteriors(network, images, 64, {
      ...dense,
      pass: 'multi-crop-2x2',
      horizontalFlip: false,
    });
    const all = [0, 32].flatMap((top) => [0, 64].map((left) => cropPosterior(network, images, top, left)));
    const mean = Array.from(
      { length: 20 },
      (_, at) => all.reduce((sum, each) => sum + (each[at] ?? NaN), 0) / 4,
    );
    expect(greatestDifference(posterior, mean)).toBeLessThan(1e-6);
  });

  it('scores many images as it scores few, whose crops go through the net together', () => {
    const { network, images: two } = setUp();
    // Four crops of each of sixty are a million pixels: the grid takes three passes.
    const images = tensorflow().tf.tile(two, [30, 1, 1, 1]);
    const settings = { ...dense, pass: 'multi-crop-3x3', horizontalFlip: false } as const;
    const before = liveTensors();
    const windows: number[][] = [];
    const posterior = posteriors(network, images, 64, {
      ...settings,
      see: (window, { top, left }) => windows.push([top, left, ...window.dataSync<'float32'>()]),
    });
    expect(liveTensors()).toBe(before + 1);
    const all = [0, 16, 32].flatMap((top) =>
      [0, 32, 64].map((left) => [top, left, ...cropPosterior(network, images, top, left)]),
    );
    expect(windows.map(([top, left]) => [top, left])).toEqual(all.map(([top, left]) => [top, left]));
    expect(greatestDifference(windows.flat(), all.flat())).toBeLessThan(1e-6);
    const mean = Array.from(
      { length: 600 },
      (_, at) => all.reduce((sum, each) => sum + (each[at + 2] ?? NaN), 0) / 9,
    );
    expect(greatestDifference(posterior, mean)).toBeLessThan(1e-6);
    const few = posteriors(network, two, 64, settings).dataSync<'float32'>();
    expect(greatestDifference(few, posterior.dataSync<'float32'>().slice(0, 20))).toBeLessThan(1e-6);
  });

  it('averages the score map before or after the softmax, which differ', () => {
    const { network, images } = setUp();
    const before = posteriors(network, images, 64, { ...dense, horizontalFlip: false });
    const after = posteriors(network, images, 64, {
      ...dense,
      average: 'after-softmax',
      horizontalFlip: false,
    });
    const scores = network.scoreMap(images);
    const byHand = tensorflow().tf.mean(tensorflow().tf.softmax(scores), [1, 2]);
    expect(greatestDifference(after, byHand.dataSync<'float32'>())).toBeLessThan(1e-6);
    expect(greatestDifference(before, byHand.dataSync<'float32'>())).toBeGreaterThan(1e-5);
  });
});

describe('the score map of a crop that is no multiple of 32', () => {
  const architecture = { config: 'A' as const, width: 1 / 16, crop: 56, classes: 10 };
  const setUp = () =>
    new Network(new Parameters(architecture, randomInitialiser(runConfigSchema.parse({}).initialisation, 1)));

  it('has one position for each window that lies within the image', () => {
    const network = setUp();
    const positions = (height: number, width: number) =>
      network.scoreMap(tensorflow().tf.ones([1, height, width, 3])).shape.slice(1, 3);
    expect(positions(56, 56)).toEqual([1, 1]);
    // The last map of 64×87 is 2×2, but a second window would need 56 + 32 = 88 pixels.
    expect(positions(64, 87)).toEqual([1, 1]);
    expect(positions(64, 88)).toEqual([1, 2]);
    expect(positions(120, 128)).toEqual([3, 3]);
  });

  it('takes the windows from the middle: one window alone is the centre crop', () => {
    const network = setUp();
    const images = tensorflow().tf.randomNormal([2, 64, 72, 3]);
    const [whole, centre] = (['dense', 'centre-crop'] as const).map((pass) =>
      posteriors(network, images, 56, { ...dense, pass, horizontalFlip: false }),
    );
    expect(whole && centre && greatestDifference(whole, centre.dataSync<'float32'>())).toBeLessThan(1e-6);
  });
});

function greatestDifference(actual: Tensor | ArrayLike<number>, expected: ArrayLike<number>): number {
  const values = 'dataSync' in actual ? actual.dataSync<'float32'>() : actual;
  if (values.length !== expected.length) return Infinity;
  return Math.max(...Array.from(expected, (value, index) => Math.abs(value - (values[index] ?? NaN))));
}
