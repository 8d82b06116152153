import { beforeAll, describe, expect, it } from 'vitest';
import type { Convolved, ConvSettings, ConvTensors } from '../../../src-main/engine/layers/Convolved.ts';
import { convolve } from '../../../src-main/engine/layers/convolve.ts';
import { OwnConvolved } from '../../../src-main/engine/layers/OwnConvolved.ts';
import { TensorFlowConvolved } from '../../../src-main/engine/layers/TensorFlowConvolved.ts';
import { convolve as slide, filterGradient, mapsGradient } from '../../../src-main/engine/ops/convolution.ts';
import { halving } from '../../../src-main/engine/ops/pooling.ts';
import { liveTensors, tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngineOnAllCores } from '../../support/engine.ts';
import { relativeDifference } from '../../support/golden.ts';
import { hasBfloat16, mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngineOnAllCores);

interface Shape {
  images: number;
  height: number;
  width: number;
  inputs: number;
  outputs: number;
}

function random(shape: number[], seed: number, deviation = 1): Tensor {
  return tensorflow().tf.randomNormal(shape, 0, deviation, 'float32', seed);
}

function tensorsOf({ images, height, width, inputs, outputs }: Shape): ConvTensors & { bias: Tensor } {
  return {
    maps: random([images, height, width, inputs], 1),
    filter: random([3, 3, inputs, outputs], 2, 1 / Math.sqrt(9 * inputs)),
    bias: random([outputs], 3, 0.1),
  };
}

/** Output and gradients, as numbers; all tensors are freed. */
function results(
  convolved: Convolved,
  { filter }: ConvTensors,
  gradient: Tensor,
): Record<string, Float32Array> {
  const output = convolved.output.dataSync<'float32'>().slice();
  const gradients = convolved.backward(gradient.clone(), filter, { input: true, parameters: true });
  const found: Record<string, Float32Array> = { output };
  for (const [name, tensor] of Object.entries(gradients) as [string, Tensor | undefined][]) {
    if (!tensor) continue;
    found[name] = tensor.dataSync<'float32'>().slice();
    tensor.dispose();
  }
  return found;
}

// Odd sides, one image, channels that do not fill vectors, the three of a first layer, more than one block of tiles.
const shapes: Shape[] = [
  { images: 2, height: 8, width: 8, inputs: 8, outputs: 16 },
  { images: 1, height: 7, width: 10, inputs: 3, outputs: 12 },
  { images: 3, height: 13, width: 9, inputs: 3, outputs: 64 },
  { images: 1, height: 2, width: 3, inputs: 5, outputs: 7 },
  { images: 2, height: 14, width: 13, inputs: 64, outputs: 40 },
  { images: 1, height: 33, width: 50, inputs: 24, outputs: 33 },
  { images: 4, height: 5, width: 5, inputs: 130, outputs: 256 },
];
const settings: ConvSettings[] = [
  { stride: 1, relu: true, pool: undefined },
  { stride: 1, relu: true, pool: halving },
  { stride: 1, relu: false, pool: undefined },
  { stride: 1, relu: false, pool: halving },
];

describe.each(shapes)('a layer of $images × $height×$width, $inputs to $outputs channels', (shape) => {
  it.runIf(mustHaveKernels).each(settings)(
    "by our kernels agrees with TensorFlow's: ReLU $relu, pool $pool.side",
    (kind) => {
      const tensors = tensorsOf(shape);
      const before = liveTensors();
      const convolved = new OwnConvolved(tensors, kind);
      const gradient = random(convolved.output.shape, 4);
      const ours = results(convolved, tensors, gradient);
      const theirs = results(new TensorFlowConvolved(tensors, kind), tensors, gradient);
      gradient.dispose();
      expect(liveTensors()).toBe(before);
      expect(Object.keys(ours)).toEqual(['output', 'byMaps', 'byFilter', 'byBias']);
      for (const [name, values] of Object.entries(theirs))
        expect(relativeDifference(ours[name] ?? [], values), name).toBeLessThan(5e-6);
    },
  );
});

describe.runIf(mustHaveKernels)('our kernels', () => {
  const tensors = () => tensorsOf({ images: 5, height: 12, width: 14, inputs: 16, outputs: 24 });

  it('give the same bytes each time', () => {
    const seen = tensors();
    const gradient = random([5, 6, 7, 24], 4);
    const kind: ConvSettings = { stride: 1, relu: true, pool: halving };
    const [first, second] = [1, 2].map(() => results(new OwnConvolved(seen, kind), seen, gradient));
    expect(second).toEqual(first);
  });

  const inBfloat16 = () => {
    const seen = tensorsOf({ images: 2, height: 12, width: 14, inputs: 32, outputs: 48 });
    const gradient = random([2, 12, 14, 48], 4);
    const kind: ConvSettings = { stride: 1, relu: false, pool: undefined };
    const ours = results(new OwnConvolved(seen, { ...kind, precision: 'bfloat16' }), seen, gradient);
    return { ours, theirs: results(new TensorFlowConvolved(seen, kind), seen, gradient) };
  };

  // A digit of bfloat16 is 4e-3 of a number; the bias is added and differentiated in float32.
  it.runIf(hasBfloat16)(
    "multiply bfloat16 where that is asked for, near what TensorFlow's floats give",
    () => {
      const { ours, theirs } = inBfloat16();
      for (const name of ['output', 'byMaps', 'byFilter']) {
        const difference = relativeDifference(ours[name] ?? [], theirs[name] ?? []);
        expect(difference, name).toBeLessThan(4e-2);
        expect(difference, name).toBeGreaterThan(1e-3);
      }
      expect(relativeDifference(ours.byBias ?? [], theirs.byBias ?? [])).toBeLessThan(5e-6);
    },
  );

  it.runIf(!hasBfloat16)('refuse bfloat16 where the processor does not multiply it', () => {
    expect(() => inBfloat16()).toThrow('multiplies bfloat16');
  });

  it('leave out the gradients that are not needed, and a bias that is not there', () => {
    const { maps, filter } = tensors();
    const run = () =>
      new OwnConvolved({ maps, filter, bias: undefined }, { stride: 1, relu: true, pool: undefined });
    const before = liveTensors();
    const gradient = () => random([5, 12, 14, 24], 4);
    const byMaps = run().backward(gradient(), filter, { input: true, parameters: false });
    expect(Object.entries(byMaps).filter(([, tensor]) => tensor)).toEqual([['byMaps', byMaps.byMaps]]);
    const byFilter = run().backward(gradient(), filter, { input: false, parameters: true });
    expect(Object.entries(byFilter).filter(([, tensor]) => tensor)).toEqual([
      ['byFilter', byFilter.byFilter],
    ]);
    byMaps.byMaps?.dispose();
    byFilter.byFilter?.dispose();
    run().release();
    expect(liveTensors()).toBe(before);
  });

  it('refuse shapes that do not fit, as TensorFlow would', () => {
    const { maps, bias } = tensors();
    const filter = random([3, 3, 15, 24], 2);
    const kind: ConvSettings = { stride: 1, relu: true, pool: undefined };
    expect(() => new OwnConvolved({ maps, filter, bias }, kind)).toThrow('The filter has the shape');
  });

  it('compute 3×3 layers with stride 1 and some channels, and TensorFlow the others', () => {
    const { maps, filter, bias } = tensors();
    const kind = (stride: number) =>
      convolve({ maps, filter, bias }, { stride, relu: true, pool: undefined });
    expect(kind(1)).toBeInstanceOf(OwnConvolved);
    expect(kind(2)).toBeInstanceOf(TensorFlowConvolved);
    const point = random([1, 1, 16, 24], 2);
    expect(
      convolve({ maps, filter: point, bias }, { stride: 1, relu: true, pool: undefined }),
    ).toBeInstanceOf(TensorFlowConvolved);
    const one = { maps: random([5, 12, 14, 1], 1), filter: random([3, 3, 1, 1], 2), bias: undefined };
    expect(convolve(one, { stride: 1, relu: true, pool: undefined })).toBeInstanceOf(TensorFlowConvolved);
    const pool = { side: 3, stride: 2, padding: 1 };
    expect(convolve({ maps, filter, bias }, { stride: 1, relu: true, pool })).toBeInstanceOf(
      TensorFlowConvolved,
    );
  });
});

describe("TensorFlow's convolution", () => {
  it.each([
    { height: 8, width: 8, inputs: 5, outputs: 7 },
    { height: 7, width: 10, inputs: 3, outputs: 2 },
    { height: 1, width: 1, inputs: 2, outputs: 3 },
  ])('of $height×$width agrees in both gradients with tfjs', ({ height, width, inputs, outputs }) => {
    const { tf } = tensorflow();
    const maps = random([2, height, width, inputs], 1) as ReturnType<typeof tf.tensor4d>;
    const filter = random([3, 3, inputs, outputs], 2) as ReturnType<typeof tf.tensor4d>;
    const gradient = random([2, height, width, outputs], 3);
    const [byMaps, byFilter] = tf.grads((...args) =>
      tf.conv2d(args[0] as typeof maps, args[1] as typeof filter, 1, 'same'),
    )([maps, filter], gradient);
    const expected = [tf.conv2d(maps, filter, 1, 'same'), byMaps, byFilter];
    const before = liveTensors();
    const found = [
      slide(maps, filter),
      mapsGradient(gradient, filter, maps.shape),
      filterGradient(maps, filter.shape, gradient),
    ];
    for (const [index, tensor] of found.entries()) {
      expect(relativeDifference(tensor.dataSync(), expected[index]?.dataSync() ?? [])).toBeLessThan(5e-6);
      tensor.dispose();
    }
    expect(liveTensors()).toBe(before);
  });
});
