import { z } from 'zod';
import { beforeAll, describe, expect, it } from 'vitest';
import { liveTensors, tensorflow } from '../../src-main/engine/tensorflow.ts';
import {
  normaliseResponse,
  normaliseResponseGradient,
} from '../../src-main/engine/ops/responseNormalisation.ts';
import { softmaxCrossEntropy } from '../../src-main/engine/ops/loss.ts';
import { scale } from '../../src-main/engine/ops/pointwise.ts';
import { Variable } from '../../src-main/engine/Variable.ts';
import { MomentumSgd } from '../../src-main/training/MomentumSgd.ts';
import { Network } from '../../src-main/vgg/Network.ts';
import { storedTensors, toTorchvision } from '../../src-main/vgg/weights/layout.ts';
import type { Parameters } from '../../src-main/vgg/Parameters.ts';
import { openTestEngineOnAllCores } from '../support/engine.ts';
import {
  goldenFile,
  goldenNets,
  goldenParameters,
  laterNets,
  readImages,
  relativeDifference,
} from '../support/golden.ts';

beforeAll(openTestEngineOnAllCores);

/** Values of a parameter in torchvision's layout, under torchvision's name. */
function inTorchvisionLayout(parameters: Parameters, pick: (variable: Variable) => Variable | undefined) {
  const values = new Map<string, Float32Array>();
  for (const layer of parameters.parametricLayers()) {
    for (const { name, isWeight, of } of storedTensors(layer)) {
      pick(of(parameters.of(layer)))?.with((value) =>
        values.set(name, isWeight ? toTorchvision(layer, value) : value.dataSync<'float32'>()),
      );
    }
  }
  return values;
}

describe.each([...goldenNets, ...laterNets])('net %s against PyTorch', (config) => {
  const file = goldenFile(config);
  const { lr: rate } = z.object({ lr: z.number() }).parse(JSON.parse(file.metadata.sgd ?? ''));

  it('answers the same logits, loss, gradients and weights after two steps', () => {
    const parameters = goldenParameters(config, file);
    const network = new Network(parameters);
    const optimiser = new MomentumSgd(parameters.variables(), { momentum: 0.9, weightDecay: 5e-4 });
    const images = readImages(file, 'input.nchw');
    const target = tensorflow().tf.tensor1d(file.readInt32('labels'), 'int32');
    const tensorsAtRest = liveTensors();

    for (const step of [1, 2]) {
      const logits = network.forward(images, { training: true });
      if (step === 1) expect(relativeDifference(logits.dataSync(), file.read('logits'))).toBeLessThan(1e-4);
      const { losses, gradient } = softmaxCrossEntropy(logits, target);
      const mean = losses.mean();
      if (step === 1) expect(relativeDifference(mean.dataSync(), file.read('loss'))).toBeLessThan(1e-4);
      const byLogits = scale(gradient, 1 / 4);
      for (const tensor of [losses, gradient, mean]) tensor.dispose();

      const gradients = new Map<Variable, Variable>();
      network.backward(byLogits, {
        sink: (parameter, byParameter) => {
          gradients.set(parameter, Variable.of(byParameter));
        },
      });
      if (step === 1) {
        const values = inTorchvisionLayout(parameters, (variable) => gradients.get(variable));
        // Without the running statistics of a batch normalisation, which have none.
        expect(values.size).toBe(parameters.variables().length);
        for (const [name, value] of values) {
          expect(relativeDifference(value, file.read(`grad.${name}`)), `gradient of ${name}`).toBeLessThan(
            1e-4,
          );
        }
      }
      for (const [parameter, byParameter] of gradients) {
        optimiser.apply(parameter, byParameter.read(), rate);
        byParameter.dispose();
      }
      expect(liveTensors(), 'no tensor outlives its step').toBe(tensorsAtRest);
    }
    for (const [name, value] of inTorchvisionLayout(parameters, (variable) => variable)) {
      expect(relativeDifference(value, file.read(`after2.${name}`)), `${name} after two steps`).toBeLessThan(
        1e-4,
      );
    }
  });
});

describe('local response normalisation against PyTorch', () => {
  it('gives the same output and gradient', () => {
    const file = goldenFile('A-LRN');
    const input = readImages(file, 'lrn.input.nchw');
    const output = normaliseResponse(input);
    expect(
      relativeDifference(output.dataSync(), readImages(file, 'lrn.output.nchw').dataSync()),
    ).toBeLessThan(1e-5);
    const gradient = normaliseResponseGradient(readImages(file, 'lrn.upstream.nchw'), input, output);
    expect(
      relativeDifference(gradient.dataSync(), readImages(file, 'lrn.grad.nchw').dataSync()),
    ).toBeLessThan(1e-5);
  });
});
