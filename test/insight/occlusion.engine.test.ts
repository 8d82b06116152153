import { beforeAll, describe, expect, it } from 'vitest';
import { slice } from '../../src-main/engine/ops/shape.ts';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import { forEachLayer } from '../../src-main/insight/forward.ts';
import { occlusion, placesAlong } from '../../src-main/insight/occlusion.ts';
import { Pace } from '../../src-main/insight/Pace.ts';
import type { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngine } from '../support/engine.ts';
import { goldenFile, goldenParameters, readImages } from '../support/golden.ts';

beforeAll(openTestEngine);

const settings = { side: 24, stride: 17, score: 'posterior', label: 3 } as const;
const quiet = () => new Pace(new AbortController().signal);

/** Logits and posteriors of one image [64, 64, 3], layer by layer and in float64. */
function scores(parameters: Parameters, pixels: Float32Array) {
  const image = tensorflow().tf.tensor4d(pixels, [1, 64, 64, 3]);
  let logits: number[] = [];
  forEachLayer(parameters, image, ({ name }, output) => {
    if (name === 'fc8') logits = [...output.dataSync<'float32'>()];
  });
  image.dispose();
  const exponentials = logits.map(Math.exp);
  const sum = exponentials.reduce((one, other) => one + other);
  return { logit: logits, posterior: exponentials.map((value) => value / sum) };
}

function golden() {
  const file = goldenFile('D');
  const parameters = goldenParameters('D', file);
  const images = readImages(file, 'input.nchw');
  const image = slice(images, [0, 0, 0, 0], [1, 64, 64, 3]);
  images.dispose();
  return { parameters, image, pixels: image.dataSync<'float32'>() };
}

describe('occlusion sensitivity', () => {
  it.each(['posterior', 'logit'] as const)(
    'is what the %s loses when the square is painted by hand, one image at a time',
    async (score) => {
      const { parameters, image, pixels } = golden();
      const before = liveTensors();
      const found = await occlusion(parameters, image, { ...settings, score }, quiet());
      expect(liveTensors()).toBe(before);
      // 64 − 24 = 40: places 0, 17, 34 and the border.
      expect(found.map).toMatchObject({ height: 4, width: 4 });
      const places = [0, 17, 34, 40];
      const whole = scores(parameters, pixels)[score][3] ?? NaN;
      expect(found[score]).toBeCloseTo(whole, 5);

      const sums = new Float64Array(64 * 64);
      const counts = new Float64Array(64 * 64);
      for (const [index, fall] of found.map.values.entries()) {
        const [top = 0, left = 0] = [places[index >> 2], places[index & 3]];
        const covered = (pixel: number) => {
          const [row, column] = [pixel >> 6, pixel & 63];
          return row >= top && row < top + 24 && column >= left && column < left + 24;
        };
        const painted = pixels.map((value, at) => (covered(Math.floor(at / 3)) ? 0 : value));
        const expected = whole - (scores(parameters, painted)[score][3] ?? NaN);
        expect(fall).toBeCloseTo(expected, 5);
        for (const pixel of sums.keys()) {
          if (!covered(pixel)) continue;
          sums[pixel] = (sums[pixel] ?? 0) + expected;
          counts[pixel] = (counts[pixel] ?? 0) + 1;
        }
      }
      expect(Math.max(...found.map.values.map(Math.abs))).toBeGreaterThan(1e-3);
      found.overInput.forEach((value, pixel) => {
        expect(value).toBeCloseTo((sums[pixel] ?? NaN) / (counts[pixel] ?? NaN), 5);
      });
      parameters.dispose();
      image.dispose();
    },
  );

  it('chooses side, stride and class, tells how far it is, and can be stopped', async () => {
    const { parameters, image, pixels } = golden();
    const reported: number[][] = [];
    const pace = new Pace(new AbortController().signal, (done, total) => reported.push([done, total]));
    const chosen = { side: null, stride: null, score: 'posterior', label: null } as const;
    const found = await occlusion(parameters, image, chosen, pace);
    expect(found).toMatchObject({ side: 9, stride: 5, map: { height: 12, width: 12 } });
    const { posterior } = scores(parameters, pixels);
    expect(found.label).toBe(posterior.indexOf(Math.max(...posterior)));
    expect(reported.at(-1)).toEqual([144, 144]);
    expect(reported).toHaveLength(9);

    const stop = new AbortController();
    const stopped = occlusion(
      parameters,
      image,
      chosen,
      new Pace(stop.signal, () => {
        stop.abort();
      }),
    );
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    parameters.dispose();
    image.dispose();
  });

  it('refuses squares that leave gaps or are larger than the image, and classes there are not', async () => {
    const { parameters, image } = golden();
    for (const wrong of [{ side: 65 }, { stride: 25 }]) {
      await expect(occlusion(parameters, image, { ...settings, ...wrong }, quiet())).rejects.toMatchObject({
        code: 'occlusion-does-not-fit',
      });
    }
    await expect(occlusion(parameters, image, { ...settings, label: 10 }, quiet())).rejects.toMatchObject({
      code: 'class-unknown',
      nextStep: 'Choose a class from 0 to 9.',
    });
    parameters.dispose();
    image.dispose();
  });

  it('covers the image to its borders', () => {
    expect(placesAlong(10, 4, 3)).toEqual([0, 3, 6]);
    expect(placesAlong(10, 4, 4)).toEqual([0, 4, 6]);
    expect(placesAlong(10, 10, 10)).toEqual([0]);
  });
});
