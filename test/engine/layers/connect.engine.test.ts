import { beforeAll, describe, expect, it } from 'vitest';
import type { Connected, FcTensors, TakePart } from '../../../src-main/engine/layers/Connected.ts';
import { OwnConnected } from '../../../src-main/engine/layers/OwnConnected.ts';
import { TensorFlowConnected } from '../../../src-main/engine/layers/TensorFlowConnected.ts';
import type { Rows } from '../../../src-main/engine/storage/Rows.ts';
import { slice } from '../../../src-main/engine/ops/shape.ts';
import { liveTensors, tensorflow, type Tensor } from '../../../src-main/engine/tensorflow.ts';
import { openTestEngineOnAllCores } from '../../support/engine.ts';
import { relativeDifference } from '../../support/golden.ts';
import { mustHaveKernels } from '../../support/kernels.ts';

beforeAll(openTestEngineOnAllCores);

function random(shape: number[], seed: number): Tensor {
  return tensorflow().tf.randomNormal(shape, 0, 1, 'float32', seed);
}

function tensorsOf(rows: number, inputs: number, outputs: number): FcTensors {
  return {
    rows: random([rows, inputs], 1),
    weight: random([inputs, outputs], 2),
    bias: random([outputs], 3),
  };
}

function results(
  connected: Connected,
  { weight }: FcTensors,
  gradient: Tensor,
): Record<string, Float32Array> {
  const found: Record<string, Float32Array> = { output: connected.output.dataSync<'float32'>().slice() };
  const gradients = connected.backward(gradient.clone(), weight, { input: true, parameters: true });
  for (const [name, tensor] of Object.entries(gradients) as [string, Tensor][]) {
    found[name] = tensor.dataSync<'float32'>().slice();
    tensor.dispose();
  }
  return found;
}

describe.each([
  [1, 7, 10],
  [5, 130, 37],
  [64, 50, 1000],
  [13, 2000, 33],
])('a fully-connected layer of %i rows, %i to %i', (rows, inputs, outputs) => {
  it.runIf(mustHaveKernels).each([true, false])(
    "by our kernels agrees with TensorFlow's, ReLU %s",
    (isRectified) => {
      const tensors = tensorsOf(rows, inputs, outputs);
      const gradient = random([rows, outputs], 4);
      const before = liveTensors();
      const ours = results(new OwnConnected(tensors, isRectified), tensors, gradient);
      const theirs = results(new TensorFlowConnected(tensors, isRectified), tensors, gradient);
      expect(liveTensors()).toBe(before);
      expect(Object.keys(ours)).toEqual(['output', 'byRows', 'byWeight', 'byBias']);
      for (const [name, values] of Object.entries(theirs))
        expect(relativeDifference(ours[name] ?? [], values), name).toBeLessThan(5e-6);
    },
  );
});

it.runIf(mustHaveKernels)('gives a row the same bytes alone as among others', () => {
  const all = tensorsOf(9, 300, 40);
  const together = new OwnConnected(all, true).output.dataSync<'float32'>();
  const alone = new OwnConnected({ ...all, rows: slice(all.rows, [8, 0], [1, 300]) }, true);
  expect(alone.output.dataSync<'float32'>()).toEqual(together.subarray(8 * 40));
});

it.runIf(mustHaveKernels)('gives the gradient by a great weight in parts, the same bytes as in one', () => {
  const tensors = tensorsOf(3, 1100, 4096);
  const gradient = random([3, 4096], 4);
  const backward = (takePart?: TakePart) =>
    new OwnConnected(tensors, true).backward(
      gradient.clone(),
      tensors.weight,
      { input: true, parameters: true },
      takePart,
    );
  const whole = backward();
  const parts: Tensor[] = [];
  const seen: Rows[] = [];
  const before = liveTensors();
  const { byWeight, byBias, byRows } = backward((part, rows) => {
    parts.push(part);
    seen.push(rows);
  });
  expect(seen).toEqual([
    { first: 0, count: 512 },
    { first: 512, count: 512 },
    { first: 1024, count: 76 },
  ]);
  expect(liveTensors()).toBe(before + 5);
  expect(byWeight).toBeUndefined();
  expect(tensorflow().tf.concat(parts).dataSync()).toEqual(whole.byWeight?.dataSync());
  expect(byBias?.dataSync()).toEqual(whole.byBias?.dataSync());
  expect(byRows?.dataSync()).toEqual(whole.byRows?.dataSync());
});
