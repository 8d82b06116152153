import { beforeAll, describe, expect, it } from 'vitest';
import type { ConvSettings, ConvTensors } from '../../../src-main/engine/layers/Convolved.ts';
import type { FcTensors } from '../../../src-main/engine/layers/Connected.ts';
import { OwnDropout, TensorFlowDropout } from '../../../src-main/engine/layers/Dropout.ts';
import { OwnConnected } from '../../../src-main/engine/layers/OwnConnected.ts';
import { OwnConvolved } from '../../../src-main/engine/layers/OwnConvolved.ts';
import { TensorFlowConnected } from '../../../src-main/engine/layers/TensorFlowConnected.ts';
import { TensorFlowConvolved } from '../../../src-main/engine/layers/TensorFlowConvolved.ts';
import { imagesFromPixels } from '../../../src-main/engine/ops/images.ts';
import { halving } from '../../../src-main/engine/ops/pooling.ts';
import { randomNormal } from '../../../src-main/engine/ops/random.ts';
import { Coefficients } from '../../../src-main/engine/storage/Coefficients.ts';
import { OwnStorage } from '../../../src-main/engine/storage/OwnStorage.ts';
import { ResourceStorage } from '../../../src-main/engine/storage/ResourceStorage.ts';
import { liveTensors, tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { Draws } from '../../../src-main/foundation/random.ts';
import { openTestEngineOnAllCores } from '../../support/engine.ts';
import { relativeDifference } from '../../support/golden.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngineOnAllCores);

const draws = new Draws(1, 'crop');
const needed = { input: true, parameters: true };

function random(shape: readonly number[], deviation = 1): Tensor {
  return randomNormal(shape, deviation, [draws.integer(0, 2 ** 31 - 1), draws.integer(0, 2 ** 31 - 1)]);
}

function take(tensor: Tensor): Float32Array {
  const values = tensor.dataSync<'float32'>().slice();
  tensor.dispose();
  return values;
}

function agree(ours: Float32Array, theirs: Float32Array, what: string): void {
  expect(relativeDifference(ours, theirs), what).toBeLessThan(5e-6);
}

function agreeInAll(ours: object, theirs: object, what: string): void {
  expect(Object.keys(ours).sort(), what).toEqual(Object.keys(theirs).sort());
  const found = new Map(Object.entries(ours) as [string, Tensor | undefined][]);
  for (const [name, tensor] of Object.entries(theirs) as [string, Tensor | undefined][]) {
    const own = found.get(name);
    if (own && tensor) agree(take(own), take(tensor), `${name} of ${what}`);
    else expect(own, `${name} of ${what}`).toBe(tensor);
  }
}

/**
 * Whether rounding decides nothing: no sum is so near to 0 that it might be rectified or not, no two of a pool's window so
 * near to each other that either might be the greater; and something is left of the ReLU.
 */
function isDecided(sums: Float32Array, near: number, windows: number[][]): boolean {
  const areApart = windows.every((window) => {
    const [first = 0, second = 0] = window.map((at) => sums[at] ?? NaN).sort((a, b) => b - a);
    return first - second > near;
  });
  return areApart && sums.every((sum) => Math.abs(sum) > near) && sums.some((sum) => sum > 0);
}

/** Of each window of a 2×2 pool, the places of its four values. */
function windowsOf([images = 0, height = 0, width = 0, channels = 0]: readonly number[]): number[][] {
  const windows: number[][] = [];
  const at = (image: number, y: number, x: number) => ((image * height + y) * width + x) * channels;
  for (let image = 0; image < images; image++)
    for (let y = 0; y + 1 < height; y += 2)
      for (let x = 0; x + 1 < width; x += 2) {
        const corners = [at(image, y, x), at(image, y, x + 1), at(image, y + 1, x), at(image, y + 1, x + 1)];
        for (let k = 0; k < channels; k++) windows.push(corners.map((corner) => corner + k));
      }
  return windows;
}

function drawLayer(inputs: number): { tensors: ConvTensors; kind: ConvSettings } {
  const outputs = draws.integer(4, 70);
  const pool = draws.uniform() < 0.5 ? halving : undefined;
  const side = () => draws.integer(pool ? 2 : 1, 15);
  const tensors = {
    maps: random([draws.integer(1, 3), side(), side(), inputs]),
    filter: random([3, 3, inputs, outputs], 1 / Math.sqrt(9 * inputs)),
    bias: draws.uniform() < 0.75 ? random([outputs], 0.1) : undefined,
  };
  return { tensors, kind: { stride: 1, relu: draws.uniform() < 0.75, pool } };
}

function disposeAll(tensors: ConvTensors | FcTensors): void {
  for (const tensor of Object.values(tensors) as (Tensor | undefined)[]) tensor?.dispose();
}

/** Draws a layer until there is one that rounding decides nothing about. */
function decidedLayer(inputs: number): ReturnType<typeof drawLayer> {
  for (;;) {
    const drawn = drawLayer(inputs);
    const plain = new TensorFlowConvolved(drawn.tensors, { stride: 1, relu: false, pool: undefined });
    const windows = drawn.kind.pool ? windowsOf(plain.output.shape) : [];
    if (isDecided(take(plain.output), 1e-5, windows)) return drawn;
    disposeAll(drawn.tensors);
  }
}

function checkConvolution(inputs: number): void {
  const { tensors, kind } = decidedLayer(inputs);
  const shapes = [tensors.maps, tensors.filter].map(({ shape }) => shape.join('×')).join(', ');
  const what = `${shapes}, ReLU ${kind.relu}, pool ${kind.pool !== undefined}, bias ${tensors.bias !== undefined}`;
  const [ours, theirs] = [new OwnConvolved(tensors, kind), new TensorFlowConvolved(tensors, kind)];
  expect(ours.output.shape, what).toEqual(theirs.output.shape);
  agree(ours.output.dataSync<'float32'>(), theirs.output.dataSync<'float32'>(), what);
  const gradient = random(ours.output.shape);
  const byOurs = ours.backward(gradient.clone(), tensors.filter, needed);
  const byTheirs = theirs.backward(gradient, tensors.filter, needed);
  agreeInAll({ byBias: undefined, ...byOurs }, { byBias: undefined, ...byTheirs }, what);
  disposeAll(tensors);
}

function checkConnected(): void {
  const [rows, inputs, outputs] = [draws.integer(1, 40), draws.integer(1, 300), draws.integer(1, 150)];
  const what = `${rows} rows, ${inputs} to ${outputs}`;
  const isRectified = draws.uniform() < 0.75;
  for (;;) {
    const weight = random([inputs, outputs], 1 / Math.sqrt(inputs));
    const tensors = { rows: random([rows, inputs]), weight, bias: random([outputs]) };
    const plain = take(new TensorFlowConnected(tensors, false).output);
    if (isDecided(plain, 1e-5, [])) {
      const ours = new OwnConnected(tensors, isRectified);
      const theirs = new TensorFlowConnected(tensors, isRectified);
      agree(ours.output.dataSync<'float32'>(), theirs.output.dataSync<'float32'>(), what);
      const gradient = random([rows, outputs]);
      const byOurs = ours.backward(gradient.clone(), weight, needed);
      agreeInAll(byOurs, theirs.backward(gradient, weight, needed), what);
      disposeAll(tensors);
      return;
    }
    disposeAll(tensors);
  }
}

function checkUpdate(): void {
  const count = draws.integer(1, 40_000);
  using weight = random([count]);
  using velocity = random([count]);
  using gradient = random([count]);
  const coefficients = new Coefficients(draws.uniform(), 0.5 + draws.uniform() / 2, draws.uniform());
  const ways = [
    (initial: Tensor) => OwnStorage.copyOf(initial),
    (initial: Tensor) => new ResourceStorage(initial),
  ];
  const [ours, theirs] = ways.map((storageOf) => {
    const [weights, velocities] = [storageOf(weight), storageOf(velocity)];
    weights.applyMomentum(velocities, gradient, coefficients);
    weights.addScaled(gradient, 0.3);
    const found = [weights, velocities].map((storage) => storage.with((value) => [...value.dataSync()]));
    weights.dispose();
    velocities.dispose();
    return Float32Array.from(found.flat());
  });
  coefficients.dispose();
  agree(ours ?? new Float32Array(), theirs ?? new Float32Array(), `an update of ${count} values`);
}

function checkDropout(): void {
  const [images, channels] = [draws.integer(1, 20), draws.integer(1, 200)];
  const begin = draws.integer(0, images - 1);
  const count = draws.integer(1, images - begin);
  const keys = [draws.integer(-(2 ** 31), 2 ** 31 - 1), draws.integer(-(2 ** 31), 2 ** 31 - 1)] as const;
  const rows = { images, channels, begin, count, rate: draws.uniform(), keys };
  const [ours, theirs] = [new OwnDropout(rows), new TensorFlowDropout(rows)];
  // Forward the rows go through it, backward the gradient: both by the same mask.
  using values = random([count, channels]);
  using gradient = random([count, channels]);
  for (const tensor of [values, gradient])
    expect(take(ours.apply(tensor)), JSON.stringify(rows)).toEqual(take(theirs.apply(tensor)));
  ours.release();
  theirs.release();
}

function checkImages(): void {
  const [images, height, width] = [draws.integer(1, 5), draws.integer(1, 40), draws.integer(1, 40)];
  const bytes = Uint8Array.from({ length: images * height * width * 3 }, () => draws.integer(0, 255));
  const offsets = Float32Array.from({ length: images * 3 }, () => draws.normal(100));
  const deviation = [1, 2, 3].map(() => 1 + 99 * draws.uniform());
  using own = imagesFromPixels(bytes, [images, height, width], offsets, deviation);
  using theirs = tensorflow().tf.tidy(() =>
    tensorflow()
      .tf.tensor4d(Float32Array.from(bytes), [images, height, width, 3])
      .add(tensorflow().tf.tensor4d(offsets, [images, 1, 1, 3]))
      .div(tensorflow().tf.tensor1d(deviation)),
  );
  agree(own.dataSync<'float32'>(), theirs.dataSync<'float32'>(), `pixels ${images}×${height}×${width}`);
}

/** Shapes of a fixed sequence: odd sides and sides of one, single images, channels that do not fill vectors. */
describe.runIf(mustHaveKernels)("our kernels agree with TensorFlow's operations at random shapes", () => {
  it.each([
    [
      'convolutions, forward and backward',
      60,
      () => {
        checkConvolution(draws.integer(4, 70));
      },
    ],
    [
      'first layers, of three channels',
      30,
      () => {
        checkConvolution(3);
      },
    ],
    ['fully-connected layers', 40, checkConnected],
    ['updates of weight and velocity', 30, checkUpdate],
    ['dropout, of rows and of their gradient', 60, checkDropout],
    ['images from pixels', 20, checkImages],
  ] as const)('%s', (_, times, check) => {
    const before = liveTensors();
    for (let time = 0; time < times; time++) check();
    expect(liveTensors()).toBe(before);
  });
});
